package io.padrec.standalone.local;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * The router's port and those of the functions, one after the other.
 *
 * @param base the router's
 */
record Ports(int base) {
    /** One more than there are functions: a second process of one of them may be started beside them. */
    static final int COUNT = Function.values().length + 2;

    URI router() {
        return url(base);
    }

    URI of(Function function) {
        return url(base + 1 + function.ordinal());
    }

    URI spare() {
        return url(base + COUNT - 1);
    }

    private static URI url(int port) {
        return URI.create("http://localhost:" + port);
    }

    /** @throws PadrecException where any of them is in use or may not be used */
    void checkFree() {
        List<String> taken = new ArrayList<>();
        for (int port = base; port < base + COUNT - 1; port++) {
            try (ServerSocket socket = new ServerSocket()) {
                // As the HTTP servers do: connections of an earlier server that linger do not count.
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                taken.add(port + " (" + e.getMessage() + ")");
            }
        }
        if (!taken.isEmpty()) {
            throw new PadrecException((taken.size() == 1 ? "port " : "ports ") + String.join(", ", taken)
                    + " cannot be used; stop the programs that use them, or choose others with --port-base");
        }
    }
}
