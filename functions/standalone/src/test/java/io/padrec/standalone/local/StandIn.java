package io.padrec.standalone.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A real process in a function's place: it answers health checks, says which events come with which key, and ends when it is asked to,
 * unless it was started to be stubborn, or broken.
 */
final class StandIn {
    private StandIn() {
    }

    public static void main(String[] arguments) throws Exception {
        String mode = System.getenv().getOrDefault("STAND_IN", "");
        if (mode.equals("broken")) {
            System.out.println("broken");
            System.exit(3);
        }
        if (mode.equals("stubborn")) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    Thread.sleep(600_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(System.getenv("QUARKUS_HTTP_HOST"),
                Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"))), 0);
        server.createContext("/q/health/ready", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/", exchange -> {
            System.out.println("event " + exchange.getRequestHeaders().getFirst("ce-id") + " with "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        System.out.println("database " + System.getenv("QUARKUS_DATASOURCE_JDBC_URL"));
    }

    /** A project's folder with this class packaged as each of the functions. */
    static Path project(Path folder) throws IOException {
        for (String function : Function.titles()) {
            Path program = folder.resolve("functions/" + function + "/target/quarkus-app/quarkus-run.jar");
            Files.createDirectories(program.getParent());
            Manifest manifest = new Manifest();
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandIn.class.getName());
            try (OutputStream out = Files.newOutputStream(program); JarOutputStream jar = new JarOutputStream(out, manifest)) {
                String name = StandIn.class.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(name));
                try (var in = StandIn.class.getClassLoader().getResourceAsStream(name)) {
                    in.transferTo(jar);
                }
            }
        }
        return folder;
    }
}
