package io.padrec.standalone.local;

import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Events that a subscriber refused, or that its Trigger's retries did not bring to it: one JSON object a line, event and reason. */
final class DeadLetters {
    private final Path file;

    DeadLetters(Path file) {
        this.file = file;
    }

    /** @throws PadrecException where it cannot be written */
    synchronized void add(String trigger, String subscriber, CloudEvent event, String reason) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", Instant.now().toString());
        line.put("trigger", trigger);
        line.put("subscriber", subscriber);
        line.put("reason", reason);
        line.put("event", event.json());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            channel.write(ByteBuffer.wrap((Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        } catch (IOException e) {
            throw new PadrecException("cannot write the dead letter to " + file + ": " + e, e);
        }
    }
}
