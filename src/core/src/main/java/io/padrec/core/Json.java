package io.padrec.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * JSON as plain Java values, for manifests and safetensors headers: objects are {@code Map<String, Object>} in their
 * order, arrays {@code List<Object>}, whole numbers {@code Long}, others {@code Double}. Core may use the JDK alone, which
 * has no JSON of its own.
 */
public final class Json {
    private Json() {
    }

    /**
     * @throws IllegalArgumentException where the text is not one JSON value; the message names the position
     */
    public static Object parse(String text) {
        return new JsonReader(text).whole();
    }

    /** Parses an object. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> parseObject(String text) {
        if (parse(text) instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IllegalArgumentException("JSON object expected");
    }

    /** Writes a value of maps, lists, strings, numbers, booleans and null on one line; NaN and infinities become null. */
    public static String write(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out, -1);
        return out.toString();
    }

    /** Writes as {@link #write}, indented for people. */
    public static String pretty(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out, 0);
        return out.append('\n').toString();
    }

    private static void write(Object value, StringBuilder out, int indent) {
        switch (value) {
            case null -> out.append("null");
            case Map<?, ?> map -> {
                List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
                writeAll(entries, '{', '}', out, indent, (entry, inner) -> {
                    writeString(entry.getKey().toString(), out);
                    out.append(indent < 0 ? ":" : ": ");
                    write(entry.getValue(), out, inner);
                });
            }
            case Iterable<?> list -> {
                List<Object> values = new ArrayList<>();
                list.forEach(values::add);
                writeAll(values, '[', ']', out, indent, (element, inner) -> write(element, out, inner));
            }
            case Double d when !Double.isFinite(d) -> out.append("null");
            case Float f when !Float.isFinite(f) -> out.append("null");
            case Number n -> out.append(n);
            case Boolean b -> out.append(b);
            default -> writeString(value.toString(), out);
        }
    }

    private interface ElementWriter<T> {
        void write(T element, int indent);
    }

    private static <T> void writeAll(List<T> elements, char open, char close, StringBuilder out, int indent,
            ElementWriter<T> writer) {
        out.append(open);
        // Objects of an indented text stand one field a line; arrays stay on theirs.
        boolean lines = indent >= 0 && !elements.isEmpty()
                && (open == '{' || elements.getFirst() instanceof Map<?, ?>);
        int inner = indent < 0 ? -1 : indent + 1;
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                out.append(lines || indent < 0 ? "," : ", ");
            }
            if (lines) {
                out.append('\n').append("  ".repeat(inner));
            }
            writer.write(elements.get(i), inner);
        }
        if (lines) {
            out.append('\n').append("  ".repeat(indent));
        }
        out.append(close);
    }

    private static void writeString(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
