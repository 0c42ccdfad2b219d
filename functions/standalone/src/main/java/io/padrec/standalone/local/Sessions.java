package io.padrec.standalone.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Processes apart from the terminal's: what Ctrl-C or its end does to a terminal does not reach them. */
final class Sessions {
    private static final String PATH = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");

    private Sessions() {
    }

    /** What to put before a command for that; nothing where the system has no such program, as macOS has none. */
    static List<String> own() {
        return isThere("setsid") ? List.of("setsid") : List.of();
    }

    /** The same for a process that is to outlive the terminal. */
    static List<String> lasting() {
        return isThere("setsid") ? List.of("setsid") : List.of("nohup");
    }

    private static boolean isThere(String program) {
        return Arrays.stream(PATH.split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
