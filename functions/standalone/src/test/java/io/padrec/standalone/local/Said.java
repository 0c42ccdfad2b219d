package io.padrec.standalone.local;

import static org.junit.jupiter.api.Assertions.fail;

import io.padrec.standalone.terminal.Output;
import io.padrec.standalone.terminal.Outputs;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What was said, line by line. */
final class Said {
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Output output = Outputs.of(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, 0);

    Output output() {
        return output;
    }

    List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** Waits for the {@code count}th line that is as wanted, and returns it. */
    String await(String regex, int count) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < deadline) {
            List<String> found = lines().stream().filter(line -> line.matches(regex)).toList();
            if (found.size() >= count) {
                return found.get(count - 1);
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return fail("'" + regex + "' was not said, but " + lines());
    }

    String await(String regex) {
        return await(regex, 1);
    }
}
