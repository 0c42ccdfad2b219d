package io.padrec.standalone.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks a server over connections that stay open, each its next question as soon as it has its answer. */
final class Load {
    private static final int TIMEOUT_MILLIS = 30_000;

    private final int port;
    private final List<byte[]> requests;

    /** @param bodies of {@code POST /recommend} */
    Load(int port, List<String> bodies) {
        this.port = port;
        this.requests = bodies.stream().map(body -> post("/recommend", body)).toList();
    }

    static byte[] post(String path, String body, String... headers) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + String.join("", Arrays.stream(headers).map(header -> header + "\r\n").toList())
                + "Content-Length: " + content.length + "\r\n\r\n";
        byte[] bytes = Arrays.copyOf(head.getBytes(StandardCharsets.UTF_8), head.length() + content.length);
        System.arraycopy(content, 0, bytes, head.length(), content.length);
        return bytes;
    }

    /** @param connections how many at once */
    Latencies run(int connections, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Future<Latencies>> running = new ArrayList<>();
            for (int c = 0; c < connections; c++) {
                int first = c;
                running.add(threads.submit(() -> connection(first, end)));
            }
            List<Latencies> all = new ArrayList<>();
            for (Future<Latencies> one : running) {
                all.add(one.get());
            }
            return Latencies.of(all);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Latencies connection(int first, long end) {
        long from = System.nanoTime();
        long[] nanos = new long[1 << 16];
        int answered = 0;
        int failed = 0;
        while (System.nanoTime() < end) {
            try (Socket socket = open()) {
                InputStream in = new BufferedInputStream(socket.getInputStream());
                for (int i = first; System.nanoTime() < end; i++) {
                    long began = System.nanoTime();
                    socket.getOutputStream().write(requests.get(i % requests.size()));
                    if (status(in) == 200) {
                        nanos = answered < nanos.length ? nanos : Arrays.copyOf(nanos, 2 * answered);
                        nanos[answered++] = System.nanoTime() - began;
                    } else {
                        failed++;
                    }
                }
            } catch (IOException e) {
                failed++;
            }
        }
        return new Latencies(Arrays.copyOf(nanos, answered), failed, from, System.nanoTime());
    }

    private Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    /** Sends one request over a connection of its own; the status of its answer. */
    int once(byte[] request) throws IOException {
        try (Socket socket = open()) {
            socket.getOutputStream().write(request);
            return status(new BufferedInputStream(socket.getInputStream()));
        }
    }

    /** Sends the first question over a connection of its own. */
    int once() throws IOException {
        return once(requests.getFirst());
    }

    /** Reads an answer to its end. */
    private static int status(InputStream in) throws IOException {
        String line = line(in);
        if (!line.startsWith("HTTP/1.1 ")) {
            throw new IOException("not an answer: " + line);
        }
        int status = Integer.parseInt(line.substring(9, 12));
        long length = 0;
        while (!(line = line(in)).isEmpty()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Long.parseLong(line.substring("content-length:".length()).strip());
            }
        }
        in.skipNBytes(length);
        return status;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c; (c = in.read()) != '\n';) {
            if (c < 0) {
                throw new IOException("the connection was closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
