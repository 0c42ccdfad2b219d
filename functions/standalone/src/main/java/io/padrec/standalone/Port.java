package io.padrec.standalone;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds out whether the HTTP server will get its port before minutes of training go by. */
final class Port {
    private Port() {
    }

    /** @throws PadrecException where the port is in use or may not be used */
    static void checkFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the HTTP server does: connections of an earlier server that linger do not count.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new PadrecException("port " + port + " cannot be used (" + e.getMessage()
                    + "); stop the program that uses it, or choose another with --port", e);
        }
    }
}
