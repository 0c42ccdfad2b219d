package io.padrec.standalone.local;

import io.padrec.standalone.terminal.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The process that keeps the functions of a home folder up, seen from another process. */
public final class Up {
    /** Longer than it gives its functions and its database. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Places places;

    /** @param home the home folder; nothing need be there */
    public Up(Path home) {
        this.places = new Places(home.toAbsolutePath().normalize());
    }

    private PidFile pidFile() {
        return new PidFile(places.run().resolve("up"));
    }

    /** Names this process as the one. */
    public void claim(String word) {
        pidFile().write(ProcessHandle.current(), word);
    }

    /** It is this process no longer. */
    public void release() {
        pidFile().delete();
    }

    /** Empty where nothing is up. */
    public Optional<ProcessHandle> process() {
        return pidFile().read();
    }

    /** Where the functions answer; empty where they do not, or not yet. */
    public Optional<Address> address() {
        return process().flatMap(alive -> Address.read(places.run()));
    }

    /** The folder of the processes' logs. */
    public Path logs() {
        return places.logs();
    }

    /** The folder of the API keys. */
    public Path keys() {
        return places.keys();
    }

    public Path home() {
        return places.home();
    }

    /** The API key of a role. */
    public String key(String role) {
        return Keys.in(places.keys()).of(role);
    }

    /** Has it stop all that is up, and kills it where it does not. True where it was there. */
    public boolean stop(Output output) {
        Optional<ProcessHandle> process = process();
        process.ifPresent(up -> {
            boolean killed = PidFile.stop(up, PATIENCE);
            output.note("stopped padrec up (process " + up.pid() + ")" + (killed ? "; it did not end by itself" : ""));
        });
        pidFile().delete();
        return process.isPresent();
    }

    /** Ends what it left running where it was killed; the caller holds the home folder. True where there was anything. */
    public boolean endLeftovers(Output output) {
        Leftovers leftovers = new Leftovers(places, new Happenings(output));
        boolean any = leftovers.end() > 0;
        if (leftovers.endDatabase()) {
            output.note("stopped PostgreSQL, left by a padrec that was killed");
            any = true;
        }
        if (Files.exists(places.run())) {
            Address.delete(places.run());
        }
        return any;
    }
}
