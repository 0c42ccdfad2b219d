package io.padrec.serverless.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a program and a server on this machine, to take the server away and give it back. */
public final class Gateway implements AutoCloseable {
    /** What becomes of connections. */
    public enum State { OPEN, CLOSED, SILENT }

    private final ServerSocket entrance;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile State state = State.OPEN;

    /** Takes connections on a port of its own and passes them on to the port {@code target}. */
    public Gateway(int target) throws IOException {
        this.target = target;
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return entrance.getLocalPort();
    }

    /** CLOSED cuts every connection and refuses new ones; SILENT keeps them, but passes nothing on any more. */
    public void become(State next) throws IOException {
        state = next;
        // Connections that were silent have lost bytes: they cannot go on.
        if (next != State.SILENT) {
            for (Socket socket : sockets) {
                socket.close();
            }
            sockets.clear();
        }
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                sockets.add(client);
                if (state == State.CLOSED) {
                    client.close();
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(server);
                Thread.ofVirtual().start(() -> pass(client, server));
                Thread.ofVirtual().start(() -> pass(server, client));
            } catch (IOException e) {
                // Closed at the test's end, or the server is gone: the client finds its connection closed.
                if (entrance.isClosed()) {
                    return;
                }
            }
        }
    }

    private void pass(Socket from, Socket to) {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int n; (n = in.read(buffer)) >= 0;) {
                if (state != State.SILENT) {
                    out.write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            // Either side hung up, which is what this is for.
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        become(State.CLOSED);
    }
}
