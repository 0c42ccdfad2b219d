package io.padrec.standalone.bench;

import io.padrec.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Requests while models take each other's place, as promotions in a database of its own have it. */
final class Swapping {
    private static final int CONNECTIONS = 4;
    private static final Duration TIME = Duration.ofSeconds(20);

    /**
     * @param swaps  how many took place
     * @param failed requests
     * @param ratio  the p99 while models were swapped, over the p99 without
     */
    record Result(int swaps, int failed, double ratio, double p99, double quietP99) {
    }

    private final Path application;
    private final List<String> java;
    private final Path work;
    private final List<String> bodies;

    Swapping(Path application, List<String> java, Path work, List<String> bodies) {
        this.application = application;
        this.java = java;
        this.work = work;
        this.bodies = bodies;
    }

    Result measure(Path bundle, int swaps) throws IOException, InterruptedException, SQLException {
        for (String model : List.of("a", "b")) {
            copy(bundle, work.resolve("artifacts/models").resolve(model));
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(work.resolve("postgres"));
                Server server = Server.start(application, java, settings(database), work);
                Connection connection = DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password())) {
            Load load = new Load(server.port(), bodies);
            server.await(() -> hasTables(connection));
            register(connection);
            promote(connection, "a");
            server.awaitAnswer(load);
            load.run(CONNECTIONS, TIME);
            Latencies quiet = load.run(CONNECTIONS, TIME);
            CompletableFuture<Void> swapping = CompletableFuture.runAsync(() -> swap(load, connection, swaps));
            Latencies busy = load.run(CONNECTIONS, TIME);
            swapping.join();
            return new Result(swaps, busy.failed(), busy.at(0.99) / quiet.at(0.99), busy.at(0.99), quiet.at(0.99));
        }
    }

    private static Map<String, String> settings(EmbeddedDatabase database) {
        return new HashMap<>(Map.of("QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl(),
                "QUARKUS_DATASOURCE_USERNAME", database.username(), "QUARKUS_DATASOURCE_PASSWORD", database.password()));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String file : List.of("manifest.json", "model.safetensors")) {
            Files.copy(from.resolve(file), to.resolve(file));
        }
    }

    private static boolean hasTables(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            return statement.executeQuery("SELECT 1 FROM information_schema.tables WHERE table_name = 'promotion'").next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void register(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO model (id, dataset, bundle, metrics, promoted, created_at) SELECT id, 'bench', "
                    + "'models/' || id, '{}', false, now() FROM unnest(array['a', 'b']) AS t(id)");
        }
    }

    private static void promote(Connection connection, String model) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN; UPDATE model SET promoted = false WHERE promoted; UPDATE model SET promoted = true WHERE id = '"
                    + model + "'; INSERT INTO promotion (model_id) VALUES ('" + model + "'); COMMIT");
        }
    }

    /** Spreads the swaps over the time, each told by an event as in production. */
    private static void swap(Load load, Connection connection, int swaps) {
        try {
            for (int i = 0; i < swaps; i++) {
                promote(connection, i % 2 == 0 ? "b" : "a");
                load.once(Load.post("/", "{}", "ce-id: " + i, "ce-source: /bench", "ce-type: io.padrec.model.promoted",
                        "ce-specversion: 1.0"));
                Thread.sleep(TIME.toMillis() / (swaps + 1));
            }
        } catch (IOException | SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
