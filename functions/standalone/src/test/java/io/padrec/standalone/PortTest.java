package io.padrec.standalone;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortTest {
    @Test
    void aPortInUseIsSaidAndAFreeOneIsNot() throws IOException {
        int port;
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = other.getLocalPort();
            var refused = assertThrows(PadrecException.class, () -> Port.checkFree(port));
            assertTrue(refused.getMessage().contains("port " + port), refused.getMessage());
        }
        Port.checkFree(port);
    }
}
