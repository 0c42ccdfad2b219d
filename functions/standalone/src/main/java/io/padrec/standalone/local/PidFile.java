package io.padrec.standalone.local;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Which process a name stands for, for those who did not start it. A number alone would not do: after a reboot it may be anybody's.
 * So the file has the process's start and a word of its command line too, and stands for no process where these differ.
 */
record PidFile(Path file) {
    /** The system computes a process's start from its own, and that moves a little when the clock is set. */
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    /** @param word an argument of the process's command line that no other program has */
    void write(ProcessHandle process, String word) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pid", process.pid());
        json.put("started", process.info().startInstant().map(Instant::toString).orElse(null));
        json.put("argument", word);
        AtomicFiles.writeString(file, Json.pretty(json));
    }

    /** The process, where it is alive. */
    Optional<ProcessHandle> read() {
        try {
            Map<String, Object> json = Json.parseObject(Files.readString(file));
            return ProcessHandle.of((Long) json.get("pid")).filter(ProcessHandle::isAlive)
                    .filter(process -> isIt(process.info(), (String) json.get("started"), (String) json.get("argument")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            throw new PadrecException("cannot read " + file + ": " + e + "; make sure that its process is gone, and remove it", e);
        }
    }

    /** What the system does not show is believed. */
    private static boolean isIt(ProcessHandle.Info info, String started, String word) {
        boolean sameStart = started == null || info.startInstant()
                .map(start -> Duration.between(Instant.parse(started), start).abs().compareTo(TOLERANCE) <= 0).orElse(true);
        return sameStart && info.arguments().map(arguments -> List.of(arguments).contains(word)).orElse(true);
    }

    /** The process is over. */
    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new PadrecException("cannot delete " + file + ": " + e, e);
        }
    }

    /** Asks the process to end, and ends it where it has not within the patience. True where it had to be ended. */
    static boolean stop(ProcessHandle process, Duration patience) {
        process.destroy();
        if (ends(process, patience)) {
            return false;
        }
        process.destroyForcibly();
        ends(process, patience);
        return true;
    }

    private static boolean ends(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
