package io.padrec.serverless;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The named values of a request: query parameters (texts) or the fields of a JSON body (anything). A map
 * of them and not a bean, which would lose which field was wrong, and the fields that it does not know.
 */
public final class Fields {
    private static final int QUOTED = 60;

    private final Map<String, Object> values;

    private Fields(Map<String, Object> values) {
        this.values = values;
    }

    /** @throws Problem where a field is not one of {@code known} */
    public static Fields of(Map<String, Object> values, Set<String> known) {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw Problem.wrong(name, quoted(name) + " is not known here; known are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
        return new Fields(values);
    }

    public Optional<String> text(String field) {
        return Optional.ofNullable(values.get(field)).map(value -> text(field, field, value));
    }

    /** @throws Problem where the field is no list of texts, or longer than {@code max} */
    public Optional<List<String>> texts(String field, int max) {
        Object value = values.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof List<?> list)) {
            throw Problem.wrong(field, field + " must be a list of item ids in the JSON body");
        }
        if (list.size() > max) {
            throw Problem.wrong(field, field + " holds " + list.size() + " items; at most " + max + " are taken");
        }
        List<String> texts = new ArrayList<>(list.size());
        for (Object element : list) {
            texts.add(text(field, field + "[" + texts.size() + "]", element));
        }
        return Optional.of(texts);
    }

    /** @throws Problem where the field is no whole number from 1 to {@code max} */
    public int count(String field, int otherwise, int max) {
        Object value = values.get(field);
        if (value == null) {
            return otherwise;
        }
        String digits = String.valueOf(value);
        if ((value instanceof Number || value instanceof String) && digits.matches("\\d{1,9}")) {
            int count = Integer.parseInt(digits);
            if (count >= 1 && count <= max) {
                return count;
            }
        }
        throw Problem.wrong(field, field + " must be a whole number from 1 to " + max + ", but is " + quoted(digits));
    }

    /** @throws Problem where the field is no whole number of 64 bits */
    public Optional<Long> whole(String field) {
        Object value = values.get(field);
        if (value == null) {
            return Optional.empty();
        }
        String digits = String.valueOf(value);
        try {
            if (value instanceof Number || value instanceof String) {
                return Optional.of(Long.parseLong(digits));
            }
        } catch (NumberFormatException e) {
            throw Problem.wrong(field, field + " must be a whole number of 64 bits, but is " + quoted(digits));
        }
        throw Problem.wrong(field, field + " must be a whole number, but is " + quoted(digits));
    }

    private static String text(String field, String place, Object value) {
        if (!(value instanceof String text)) {
            throw Problem.wrong(field, place + " must be a text");
        }
        // What is no Unicode text, or holds the character 0, no id can be, and the database would stumble over it.
        if (text.isEmpty() || text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw Problem.wrong(field, place + " is " + (text.isEmpty() ? "empty" : "not a valid text"));
        }
        return text;
    }

    /** The text in quotes, shortened: a message does not repeat a megabyte. */
    public static String quoted(String text) {
        return "'" + (text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "…") + "'";
    }
}
