package io.padrec.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.PadrecException;
import org.junit.jupiter.api.function.Executable;

/** Asserts that bad input is answered with one clear line. */
final class Lines {
    private Lines() {
    }

    /** @param parts what the line must say, in this order */
    static void assertOneLine(Executable action, String... parts) {
        String line = assertThrows(PadrecException.class, action).getMessage();
        assertEquals(1, line.lines().count(), line);
        int at = 0;
        for (String part : parts) {
            int found = line.indexOf(part, at);
            assertTrue(found >= 0, () -> "'" + part + "' is not said (or not there) in: " + line);
            at = found + part.length();
        }
    }
}
