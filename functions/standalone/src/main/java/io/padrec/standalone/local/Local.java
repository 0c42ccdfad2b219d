package io.padrec.standalone.local;

import io.padrec.core.PadrecException;
import io.padrec.standalone.terminal.Output;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The five functions of a home folder, up: their processes, their database, and the router between them. Closed, or when this
 * process ends, all of it stops: functions first, the database last.
 */
public final class Local implements AutoCloseable {
    /** What a user may have set for all of them. */
    private static final Set<String> INHERITED = Set.of("PADREC_ARTIFACTS", "PADREC_ARTIFACTS_CACHE", "GOMP_SPINCOUNT", "GLIBC_TUNABLES",
            "QUARKUS_DATASOURCE_JDBC_MAX_SIZE");

    private final Places places;
    private final Ports ports;
    private final Plan plan;
    private final Happenings happenings;
    private final List<Trigger> triggers;
    private final Thread stopAtExit = new Thread(this::stopFunctions, "padrec-functions-stop");
    private Keys keys;
    private Database database;
    private Supervisor supervisor;
    private volatile Router router;

    /**
     * How they are started.
     *
     * @param root      the project's folder, where the functions are built
     * @param manifests the folder whose Triggers the router follows
     * @param portBase  the router's port; the functions' follow it
     * @param settings  more that the functions find in their environment
     * @param copies    how the router delivers
     */
    public record Plan(Path root, Path manifests, int portBase, Map<String, String> settings, Copies copies) {
    }

    private Local(Places places, Plan plan, Output output) {
        this.places = places;
        this.plan = plan;
        this.ports = new Ports(plan.portBase());
        this.happenings = new Happenings(output);
        this.triggers = Manifests.triggers(plan.manifests());
    }

    /**
     * Starts all of it, and waits until all functions are ready. What a killed process left in the home folder is ended first.
     *
     * @param home   the home folder, which the caller holds
     * @param output told what happens to the processes
     * @throws PadrecException where a port is in use, a function is not built or does not become ready, a manifest is wrong, or
     *                         the database does not start
     */
    public static Local start(Path home, Plan plan, Output output) {
        Local local = new Local(new Places(home), plan, output);
        try {
            local.start();
            return local;
        } catch (RuntimeException | Error e) {
            local.close();
            throw e;
        }
    }

    private void start() {
        makeRunFolder();
        new Leftovers(places, happenings).end();
        ports.checkFree();
        keys = Keys.in(places.keys());
        supervisor = new Supervisor(places.run(), happenings);
        List<Launch> launches = Arrays.stream(Function.values())
                .map(function -> launch(function, function.title(), ports.of(function))).toList();
        // Before anything runs: a process that is ended meanwhile leaves nothing behind.
        Runtime.getRuntime().addShutdownHook(stopAtExit);
        database = Database.open(places.postgres(), happenings);
        database.stopAfter(this::stopFunctions);
        openRouter();
        supervisor.start(launches.stream().map(launch -> launch.with(database.settings())).toList());
        address().write(places.run());
    }

    private void makeRunFolder() {
        try {
            Files.createDirectories(places.run());
            Address.delete(places.run());
        } catch (IOException e) {
            throw new PadrecException("cannot make " + places.run() + ": " + e, e);
        }
    }

    private Launch launch(Function function, String name, URI url) {
        Map<String, String> settings = new HashMap<>(Map.of(
                // libtorch: idle threads spin for a moment only, and freed memory is kept for the next step.
                "GOMP_SPINCOUNT", "1000",
                "GLIBC_TUNABLES", "glibc.malloc.mmap_threshold=1073741824:glibc.malloc.trim_threshold=8589934592",
                "PADREC_ARTIFACTS", places.artifacts().toString(),
                "PADREC_ARTIFACTS_CACHE", places.cache().toString(),
                "PADREC_STORE_MIGRATE", "true",
                "PADREC_AUTH_ENABLED", "true",
                "PADREC_AUTH_KEYS", keys.hashes(),
                "PADREC_EVENTS_KEY", keys.of("events"),
                "K_SINK", address().router().toString(),
                // Together they stay below the 100 connections that PostgreSQL takes by itself.
                "QUARKUS_DATASOURCE_JDBC_MAX_SIZE", "8"));
        settings.keySet().removeAll(System.getenv().keySet().stream().filter(INHERITED::contains).toList());
        settings.putAll(plan.settings());
        return function.launch(name, url, plan.root(), places, settings);
    }

    private void openRouter() {
        Map<String, URI> subscribers = new LinkedHashMap<>();
        address().functions().forEach((name, url) -> subscribers.put(name, url.resolve("/")));
        Spool spool = new Spool(places.events());
        Courier courier = new Courier(triggers, subscribers, keys.of("events"), spool, new DeadLetters(places.deadLetters()),
                happenings::say);
        router = new Router(ports.base(), keys.of("events"), triggers, plan.copies(), spool, courier);
    }

    /** What to put before the command of a process that is to outlive the terminal. */
    public static List<String> lasting() {
        return Sessions.lasting();
    }

    /** Where they answer. */
    public Address address() {
        return Address.of(ports);
    }

    /** The process of a function at present; empty while it is being started again. */
    public Optional<ProcessHandle> process(String name) {
        return supervisor.process(name);
    }

    /** The same, where it is ready. */
    public Optional<ProcessHandle> ready(String name) {
        return supervisor.ready(name);
    }

    /** Starts one more process of a function, with a port of its own, and waits until it is ready. */
    public void startSecond(String function, String name) {
        Function which = Function.valueOf(function.toUpperCase(java.util.Locale.ROOT));
        supervisor.start(List.of(launch(which, name, ports.spare()).with(database.settings())));
    }

    /** Stops that one for good. */
    public void stopSecond(String name) {
        supervisor.stop(name);
    }

    /** A question to the database. */
    @FunctionalInterface
    public interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    /** Asks the database; empty while it, or its tables, cannot be asked. */
    public <T> Optional<T> ask(Question<T> question) {
        try (Connection connection = database.connect()) {
            return Optional.of(question.ask(connection));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** Whether the router has brought every event to its subscribers. */
    public boolean isIdle() {
        return router != null && router.isIdle();
    }

    /** Cuts all connections to the embedded database, and starts it again. */
    public void restartDatabase() {
        database.restart();
    }

    /** Ends the router as a kill would, in the midst of what it delivers. */
    public void closeRouter() {
        router.close();
        happenings.say("the router is down");
    }

    /** Starts the router again where the last one was closed. */
    public void reopenRouter() {
        openRouter();
        happenings.say("the router is up again");
    }

    /** Two hooks may come here at the same time: the second waits until the first is through. */
    private synchronized void stopFunctions() {
        Address.delete(places.run());
        if (supervisor != null) {
            supervisor.close();
            supervisor = null;
        }
        if (router != null) {
            router.close();
            router = null;
        }
    }

    @Override
    public void close() {
        stopFunctions();
        if (database != null) {
            database.close();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        } catch (IllegalStateException e) {
            // The process is ending: the hook runs, or ran, and finds all stopped.
            return;
        }
    }
}
