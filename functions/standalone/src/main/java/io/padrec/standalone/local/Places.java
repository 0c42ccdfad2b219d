package io.padrec.standalone.local;

import java.nio.file.Path;

/** What lies where in a home folder. */
record Places(Path home) {
    Path postgres() {
        return home.resolve("postgres");
    }

    Path artifacts() {
        return home.resolve("artifacts");
    }

    /** Local copies, and what training works in. */
    Path cache() {
        return home.resolve("cache");
    }

    /** API keys, one file a role. */
    Path keys() {
        return home.resolve("keys");
    }

    /** What each process says. */
    Path logs() {
        return home.resolve("logs");
    }

    /** What runs at present: one file a process, and {@code up.json}. */
    Path run() {
        return home.resolve("run");
    }

    /** Events on their way. */
    Path events() {
        return home.resolve("events");
    }

    Path deadLetters() {
        return home.resolve("dead-letters.ndjson");
    }
}
