package io.padrec.ingest;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Ids of events: derived from what they tell, so that telling it again is the same event. */
final class Ids {
    static final String SOURCE = "/padrec/ingest";
    private static final int DIGITS = 16;

    private Ids() {
    }

    /** A short hash of some values, each of which counts by itself. */
    static String of(Object... values) {
        return AtomicFiles.sha256(Json.write(Arrays.asList(values)).getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
    }
}
