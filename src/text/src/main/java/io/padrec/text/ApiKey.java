package io.padrec.text;

import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server's secret key. Never shown: not as text, not in a message, not in what a server says of it. */
public final class ApiKey {
    private static final String HIDDEN = "***";

    private final String value;

    private ApiKey(String value, String from) {
        // Checked here, because the HTTP client would quote a header that it refuses.
        if (value.isEmpty() || !value.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new PadrecException("the key from " + from + (value.isEmpty() ? " is empty" : " holds a blank, a line break or"
                    + " a character beyond ASCII") + "; give the key alone");
        }
        this.value = value;
    }

    /** @throws PadrecException where this can be no key; the message does not quote it */
    public static ApiKey of(String value) {
        return new ApiKey(value.strip(), "padrec.text.openai.key");
    }

    /**
     * Reads a file that holds the key alone, for instance a mounted secret.
     *
     * @throws PadrecException where it cannot be read or holds no key
     */
    public static ApiKey read(Path file) {
        try {
            return new ApiKey(Files.readString(file).strip(), file.toString());
        } catch (IOException e) {
            throw new PadrecException("cannot read the key file " + file + ": " + e + "; padrec.text.openai.key-file names a"
                    + " readable file that holds the key alone", e);
        }
    }

    /** The Authorization header's value. */
    String bearer() {
        return "Bearer " + value;
    }

    /** The text with every occurrence of the key hidden, also as JSON is written. */
    String hiddenIn(String text) {
        String inJson = Json.write(value);
        String escaped = inJson.substring(1, inJson.length() - 1);
        return text.replace(value, HIDDEN).replace(escaped, HIDDEN).replace(escaped.replace("/", "\\/"), HIDDEN);
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
