package io.padrec.standalone;

import io.padrec.postgres.EmbeddedDatabase;
import io.padrec.standalone.pipeline.Workplace;
import io.padrec.standalone.terminal.Output;
import io.padrec.standalone.terminal.Outputs;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One command's life after its arguments were found right: hold the home folder, find the port free, start the database,
 * start Quarkus, do the task, and stop all of it in the opposite order.
 */
final class Program {
    static final String STOPPED = "stopped; what is done is kept, and the same command goes on from there";
    private static final String URL = "quarkus.datasource.jdbc.url";
    private static final String USERNAME = "quarkus.datasource.username";
    private static final String PASSWORD = "quarkus.datasource.password";
    private static final String ARTIFACTS = "padrec.artifacts";
    private static final String CACHE = "padrec.artifacts.cache";

    private final CommonOptions options;
    private final PrintStream out;
    private boolean fresh;
    private boolean beside;
    private boolean plain;
    private OptionalInt port = OptionalInt.empty();

    Program(CommonOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Throws away all state first. */
    Program fresh(boolean on) {
        fresh = on;
        return this;
    }

    /** Works beside another padrec where one holds the home folder, with that one's database. */
    Program beside() {
        beside = true;
        return this;
    }

    /** Draws no progress bar, even at a terminal. */
    Program plain(boolean on) {
        plain = on;
        return this;
    }

    /** Serves HTTP on the port for as long as the task runs. */
    Program serving(int onPort) {
        port = OptionalInt.of(onPort);
        return this;
    }

    int run(Task task) {
        Output output = Outputs.of(out, options.json, plain ? 0 : Integer.getInteger("padrec.columns", 0));
        Interruption interruption = Interruption.watch(output, System.err, STOPPED);
        try (Home home = beside ? Home.beside(options.home) : Home.open(options.home, fresh)) {
            port.ifPresent(Port::checkFree);
            return withDatabase(home, output, task);
        } finally {
            output.finish();
            interruption.unwatch();
        }
    }

    private int withDatabase(Home home, Output output, Task task) {
        Optional<EmbeddedDatabase> database = isConfigured(URL) ? Optional.empty()
                : Optional.of(home.isOfAnother() ? EmbeddedDatabase.ofAnother(home.postgres()) : EmbeddedDatabase.start(home.postgres()));
        try {
            database.ifPresent(started -> {
                System.setProperty(URL, started.jdbcUrl());
                System.setProperty(USERNAME, started.username());
                System.setProperty(PASSWORD, started.password());
            });
            configure(home);
            return Application.run(store -> task.run(new Workplace(home.folder(), store, output)));
        } finally {
            Interruption.letItFinish();
            database.ifPresent(EmbeddedDatabase::close);
        }
    }

    private void configure(Home home) {
        if (!isConfigured(ARTIFACTS)) {
            System.setProperty(ARTIFACTS, home.artifacts().toString());
        }
        if (!isConfigured(CACHE)) {
            System.setProperty(CACHE, home.cache().toString());
        }
        System.setProperty("quarkus.http.host-enabled", Boolean.toString(port.isPresent()));
        port.ifPresentOrElse(number -> System.setProperty("quarkus.http.port", Integer.toString(number)),
                // Nobody asks, so no model need be loaded to answer.
                () -> System.setProperty("padrec.recommend.reload-every", "0s"));
        if (Failures.isVerbose()) {
            System.setProperty("quarkus.log.level", "INFO");
            System.setProperty("quarkus.log.category.\"ai.djl.util.cuda\".level", "INFO");
        }
    }

    /** Quarkus reads the same two places. */
    private static boolean isConfigured(String property) {
        return System.getProperty(property) != null || System.getenv(variable(property)) != null;
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
