package io.padrec.standalone.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The packaged function in a process of its own. */
final class Server implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Process process;
    private final Path log;
    private final int port;
    private final long began;

    private Server(Process process, Path log, int port, long began) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.began = began;
    }

    /** On one core, as {@link #start(String, Path, List, Map, Path)}. */
    static Server start(Path application, List<String> java, Map<String, String> settings, Path work) throws IOException {
        return start("0", application, java, settings, work);
    }

    /**
     * @param cores       that it may use, such as {@code 0,1}
     * @param application its folder with {@code quarkus-run.jar}
     * @param java        options of java
     * @param settings    environment variables beside those that all have
     */
    static Server start(String cores, Path application, List<String> java, Map<String, String> settings, Path work)
            throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of("taskset", "-c", cores,
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(java);
        command.addAll(List.of("-jar", "quarkus-run.jar"));
        Path log = work.resolve("server.log");
        ProcessBuilder builder = new ProcessBuilder(command).directory(application.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(Map.of("QUARKUS_HTTP_PORT", Integer.toString(port), "QUARKUS_HTTP_HOST", "127.0.0.1",
                "PADREC_AUTH_ENABLED", "false", "PADREC_ARTIFACTS", work.resolve("artifacts").toString()));
        builder.environment().putAll(settings);
        long began = System.nanoTime();
        return new Server(builder.start(), log, port, began);
    }

    /** What serves a bundle's folder without any database. */
    static Map<String, String> serving(Path bundle) {
        return new HashMap<>(Map.of("PADREC_MODEL", bundle.toString(), "PADREC_STORE_ACTIVE", "false"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    /** Seconds from its start to its first answer. */
    double awaitAnswer(Load load) {
        await(() -> {
            try {
                return load.once() == 200;
            } catch (IOException e) {
                // It does not listen yet.
                return false;
            }
        });
        return (System.nanoTime() - began) / 1e9;
    }

    /** Waits until something holds; the process must live. */
    void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("the server does not answer; the end of its log:\n" + lastWords());
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its resident memory in megabytes. */
    long residentMegabytes() {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream().filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
