package io.padrec.store.testing;

import io.padrec.core.AtomicFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real S3 server with one empty bucket, S3Proxy in a process of its own. Its jar is where the system property {@code
 * padrec.s3proxy} says.
 */
public final class S3Server implements AutoCloseable {
    public static final String BUCKET = "padrec-test";
    public static final String ACCESS_KEY = "tester";
    public static final String SECRET_KEY = "the tester's secret";

    private static final Pattern LISTENING = Pattern.compile("Started .*ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}");

    private final Path folder;
    private final Process process;
    private final String endpoint;

    private S3Server(Path folder, Process process, String endpoint) {
        this.folder = folder;
        this.process = process;
        this.endpoint = endpoint;
    }

    public static S3Server start() throws IOException {
        Path folder = Files.createTempDirectory("padrec-s3");
        Files.createDirectories(data(folder).resolve(BUCKET));
        Path settings = Files.writeString(folder.resolve("s3proxy.conf"), """
                s3proxy.endpoint=http://127.0.0.1:0
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(ACCESS_KEY, SECRET_KEY, data(folder).toString().replace('\\', '/')));
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-jar", System.getProperty("padrec.s3proxy"), "--properties", settings.toString())
                .redirectErrorStream(true).start();
        return new S3Server(folder, process, endpoint(process));
    }

    /** Reads what the server says until it listens, and then on, so that it never waits for a reader. */
    private static String endpoint(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line; (line = output.readLine()) != null;) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                Thread.ofVirtual().start(() -> {
                    try {
                        output.transferTo(Writer.nullWriter());
                    } catch (IOException e) {
                        // The server ended.
                        return;
                    }
                });
                return "http://127.0.0.1:" + matcher.group(1);
            }
            said.append(line).append('\n');
        }
        throw new IOException("the S3 server did not start:\n" + said);
    }

    public String endpoint() {
        return endpoint;
    }

    /** The folder where the server keeps the bucket, each object as a file. */
    public Path bucket() {
        return data(folder).resolve(BUCKET);
    }

    private static Path data(Path folder) {
        return folder.resolve("data");
    }

    /** The properties of a padrec that keeps its artifacts here. */
    public Map<String, String> properties(String prefix) {
        return Map.of("padrec.artifacts", "s3://" + BUCKET + "/" + prefix,
                "padrec.artifacts.s3.endpoint", endpoint,
                "padrec.artifacts.s3.path-style", "true",
                "padrec.artifacts.s3.access-key", ACCESS_KEY,
                "padrec.artifacts.s3.secret-key", SECRET_KEY);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        AtomicFiles.deleteAll(folder);
    }
}
