package io.padrec.standalone.local;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Deliveries that are owed: a folder with one file each, there from before the event's sender is answered until the subscriber has
 * it. A router that was killed, or a machine that lost its power, goes on with what lies there.
 *
 * <p>Not answering before the subscribers have the event would need no files, but a sender whose patience is shorter than the
 * Trigger's would start the retries over and over, and none would ever be the last.
 */
final class Spool {
    private static final String SUFFIX = ".json";

    private final Path folder;

    /** @throws PadrecException where the folder cannot be made */
    Spool(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                // What a kill left half-written; its sender was not answered and sends it again.
                for (Path file : files.filter(file -> !file.toString().endsWith(SUFFIX)).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new PadrecException("cannot use the folder of events " + folder + ": " + e, e);
        }
    }

    /** An event that a Trigger's subscriber is to get. */
    record Owed(Path file, String trigger, CloudEvent event) {
    }

    /** Notes so many deliveries; they last once this returns. */
    List<Owed> add(Trigger trigger, int copies, CloudEvent event) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("trigger", trigger.name());
        json.put("event", event.json());
        List<Owed> added = new ArrayList<>();
        for (int copy = 0; copy < copies; copy++) {
            Path file = folder.resolve(System.currentTimeMillis() + "-" + UUID.randomUUID() + SUFFIX);
            AtomicFiles.writeString(file, Json.write(json));
            added.add(new Owed(file, trigger.name(), event));
        }
        sync();
        return added;
    }

    /** What is owed, the oldest first. */
    List<Owed> all() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().map(Spool::read).toList();
        } catch (IOException e) {
            throw new PadrecException("cannot read the folder of events " + folder + ": " + e, e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Owed read(Path file) {
        try {
            Map<String, Object> json = Json.parseObject(Files.readString(file));
            return new Owed(file, json.get("trigger").toString(), CloudEvent.ofJson((Map<String, Object>) json.get("event")));
        } catch (IOException | RuntimeException e) {
            throw new PadrecException("cannot read the event " + file + ": " + e + "; move it away to go on without it", e);
        }
    }

    boolean isEmpty() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new PadrecException("cannot read the folder of events " + folder + ": " + e, e);
        }
    }

    /** The subscriber has it. */
    void remove(Owed owed) {
        try {
            Files.deleteIfExists(owed.file());
        } catch (IOException e) {
            throw new PadrecException("cannot delete the delivered event " + owed.file() + ": " + e, e);
        }
    }

    /** The files' own content is synced already; this is for their names. */
    private void sync() {
        try (FileChannel channel = FileChannel.open(folder)) {
            channel.force(true);
        } catch (IOException e) {
            throw new PadrecException("cannot write to the folder of events " + folder + ": " + e, e);
        }
    }
}
