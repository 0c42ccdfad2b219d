package io.padrec.standalone.local;

import io.padrec.core.PadrecException;
import io.padrec.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a supervisor that was killed left running: functions, by their pid files, and the embedded database. */
final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String SUFFIX = ".pid";

    private final Places places;
    private final Happenings happenings;

    Leftovers(Places places, Happenings happenings) {
        this.places = places;
        this.happenings = happenings;
    }

    /** Ends the functions. Returns how many there were. */
    int end() {
        List<Path> files = pidFiles();
        // All are asked before any is waited for.
        files.forEach(file -> new PidFile(file).read().ifPresent(ProcessHandle::destroy));
        int ended = 0;
        for (Path file : files) {
            PidFile pidFile = new PidFile(file);
            Optional<ProcessHandle> process = pidFile.read();
            String name = file.getFileName().toString().replace(SUFFIX, "");
            if (process.isPresent()) {
                boolean killed = PidFile.stop(process.get(), PATIENCE);
                happenings.say("ended " + name + " (process " + process.get().pid() + "), left by a padrec up that was killed"
                        + (killed ? "; it did not end by itself" : ""));
                ended++;
            }
            pidFile.delete();
        }
        return ended;
    }

    /** Stops the database. True where it ran. */
    boolean endDatabase() {
        return Files.exists(places.postgres()) && EmbeddedDatabase.stopLeftBehind(places.postgres());
    }

    private List<Path> pidFiles() {
        if (!Files.exists(places.run())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(places.run())) {
            return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        } catch (IOException e) {
            throw new PadrecException("cannot read " + places.run() + ": " + e, e);
        }
    }
}
