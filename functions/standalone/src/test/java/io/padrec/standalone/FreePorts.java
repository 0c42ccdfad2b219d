package io.padrec.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports for the functions that a test starts. */
final class FreePorts {
    private static final int COUNT = 7;
    private static final int FIRST = 21_000;
    private static final int LAST = 31_000;

    private FreePorts() {
    }

    /** The first of several that are free one after the other, most likely; below those that systems give away by themselves. */
    static int base() {
        int from = FIRST + (int) (ProcessHandle.current().pid() % 1000) * COUNT;
        for (int base = from; base < LAST; base += COUNT) {
            if (isFree(base)) {
                return base;
            }
        }
        throw new IllegalStateException("no free ports");
    }

    private static boolean isFree(int base) {
        for (int port = base; port < base + COUNT; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assert socket.isBound();
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}
