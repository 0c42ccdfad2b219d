package io.padrec.datasets;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers for ids, from 0 in the order of arrival. */
final class Ids {
    /** The longest id that can be stored. */
    private static final int MAX = 512;

    private final String kind;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> ids = new ArrayList<>();

    /** @param kind what they name, for messages */
    Ids(String kind) {
        this.kind = kind;
    }

    /**
     * The id's number, a new one where it is new.
     *
     * @throws BadLine where it is no id
     */
    int number(String id) throws BadLine {
        Integer known = numbers.get(id);
        if (known != null) {
            return known;
        }
        String stripped = check(id).strip();
        Integer number = numbers.computeIfAbsent(stripped, fresh -> ids.size());
        if (number == ids.size()) {
            ids.add(stripped);
        }
        return number;
    }

    /**
     * The id, if it is one.
     *
     * @throws BadLine where it is missing, longer than can be stored, or not text
     */
    String check(String id) throws BadLine {
        if (numbers.containsKey(id)) {
            return id;
        }
        if (id == null || id.isBlank()) {
            throw new BadLine("no " + kind + "; the line was left out");
        }
        if (id.length() > MAX) {
            throw new BadLine(kind + " " + ProblemLog.quote(id) + " has more than " + MAX + " characters; the line was left out");
        }
        if (id.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(id)) {
            throw new BadLine(kind + " " + ProblemLog.quote(id) + " is not text; the line was left out");
        }
        return id;
    }

    String id(int number) {
        return ids.get(number);
    }

    int size() {
        return ids.size();
    }
}
