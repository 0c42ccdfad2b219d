package io.padrec.serverless;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The named values of a request: query parameters (texts) or the fields of a JSON body (anything). A map
 * of them and not a bean, which would lose which field was wrong, and the fields that it does not know.
 */
public final class Fields {
    private static final int QUOTED = 60;
    private static final Pattern DECIMAL = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

    private final Map<String, Object> values;
    private final boolean query;
    /** The field of the request that these are fields of; null for the request's own. */
    private final String within;

    private Fields(Map<String, Object> values, boolean query, String within) {
        this.values = values;
        this.query = query;
        this.within = within;
    }

    /** @throws Problem where a field is not one of {@code known} */
    public static Fields of(Map<String, Object> values, Set<String> known) {
        return of(values, known, false);
    }

    /** Fields of a query, where a list is a text with commas. */
    static Fields ofQuery(Map<String, Object> values, Set<String> known) {
        return of(values, known, true);
    }

    private static Fields of(Map<String, Object> values, Set<String> known, boolean query) {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw Problem.wrong(name, quoted(name) + " is not known here; known are " + sorted(known));
            }
        }
        return new Fields(values, query, null);
    }

    public Optional<String> text(String field) {
        return Optional.ofNullable(values.get(field)).map(value -> text(field, "", value));
    }

    /** @throws Problem where the field is no list of texts, or longer than {@code max} */
    public Optional<List<String>> texts(String field, int max) {
        return list(field, max).map(list -> {
            List<String> texts = new ArrayList<>(list.size());
            for (Object element : list) {
                texts.add(text(field, "[" + texts.size() + "]", element));
            }
            return texts;
        });
    }

    /** @throws Problem where the field is no list, or longer than {@code max} */
    public Optional<List<?>> list(String field, int max) {
        Object value = values.get(field);
        if (query && value instanceof String text) {
            value = List.of(text.split(",", -1));
        }
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof List<?> list)) {
            throw wrong(field, " must be a list");
        }
        if (list.size() > max) {
            throw wrong(field, " is a list of " + list.size() + "; at most " + max + " are taken");
        }
        return Optional.of(list);
    }

    /**
     * The fields of an object within the JSON body. A problem with one of them names the field of the request that it is in.
     *
     * @throws Problem where the field is no object, or has a field that is not one of {@code known}
     */
    @SuppressWarnings("unchecked")
    public Optional<Fields> object(String field, Set<String> known) {
        Object value = values.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof Map<?, ?> object)) {
            throw wrong(field, " must be a JSON object");
        }
        for (Object name : object.keySet()) {
            if (!known.contains(name)) {
                throw wrong(field, " holds " + quoted(name.toString()) + ", which is not known there; known are " + sorted(known));
            }
        }
        return Optional.of(new Fields((Map<String, Object>) object, false, field));
    }

    /** @throws Problem where the field is neither true nor false; without it, it is false */
    public boolean flag(String field) {
        Object value = values.get(field);
        if (value == null || value instanceof Boolean) {
            return value == Boolean.TRUE;
        }
        if (query && (value.equals("true") || value.equals("false"))) {
            return value.equals("true");
        }
        throw wrong(field, " must be true or false, but is " + quoted(value.toString()));
    }

    /** @throws Problem where the field is no finite number */
    public OptionalDouble number(String field) {
        Object value = values.get(field);
        if (value == null) {
            return OptionalDouble.empty();
        }
        if (value instanceof Number || query && value instanceof String text && DECIMAL.matcher(text).matches()) {
            double number = Double.parseDouble(value.toString());
            if (Double.isFinite(number)) {
                return OptionalDouble.of(number);
            }
        }
        throw wrong(field, " must be a number, but is " + quoted(value.toString()));
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
        throw wrong(field, " must be a whole number from 1 to " + max + ", but is " + quoted(digits));
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
            throw wrong(field, " must be a whole number of 64 bits, but is " + quoted(digits));
        }
        throw wrong(field, " must be a whole number, but is " + quoted(digits));
    }

    private String text(String field, String place, Object value) {
        if (!(value instanceof String text)) {
            throw wrong(field, place + " must be a text");
        }
        // What is no Unicode text, or holds the character 0, no id can be, and the database would stumble over it.
        if (text.isEmpty() || text.indexOf('\0') >= 0 || hasHalfCharacter(text)) {
            throw wrong(field, place + " is " + (text.isEmpty() ? "empty" : "not a valid text"));
        }
        return text;
    }

    private static boolean hasHalfCharacter(String text) {
        // Few texts have surrogates at all, and an encoder costs more than the look.
        return text.chars().anyMatch(c -> Character.isSurrogate((char) c)) && !StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** @param what is wrong, to be read after the field's name */
    private Problem wrong(String field, String what) {
        return within == null ? Problem.wrong(field, field + what) : Problem.wrong(within, within + "." + field + what);
    }

    private static String sorted(Set<String> names) {
        return String.join(", ", names.stream().sorted().toList());
    }

    /** The text in quotes, shortened: a message does not repeat a megabyte. */
    public static String quoted(String text) {
        return "'" + (text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "…") + "'";
    }
}
