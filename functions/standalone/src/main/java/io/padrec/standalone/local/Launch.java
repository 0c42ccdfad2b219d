package io.padrec.standalone.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a process is started, again and again.
 *
 * @param name        its name, for people and for its files
 * @param command     program and arguments
 * @param word        the one of them that no other program has
 * @param environment what it finds in its environment, beside what it inherits
 * @param log         the file that what it says is added to
 * @param ready       answers 200 once it is ready
 */
record Launch(String name, List<String> command, String word, Map<String, String> environment, Path log, URI ready) {
    Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** The same with more in its environment. */
    Launch with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new Launch(name, command, word, all, log, ready);
    }
}
