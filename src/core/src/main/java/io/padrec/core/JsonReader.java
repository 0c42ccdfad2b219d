package io.padrec.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The reading half of {@link Json}: recursive descent over one text, strict to RFC 8259. */
final class JsonReader {
    private static final int MAX_DEPTH = 100;

    private final String text;
    private int at;
    private int depth;

    JsonReader(String text) {
        this.text = text;
    }

    /** The text as one value. */
    Object whole() {
        Object value = value();
        blanks();
        if (at != text.length()) {
            throw error("text after the value");
        }
        return value;
    }

    private Object value() {
        blanks();
        char c = peek();
        return switch (c) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> object() {
        enter();
        Map<String, Object> map = new LinkedHashMap<>();
        at++;
        blanks();
        if (peek() == '}') {
            at++;
            depth--;
            return map;
        }
        while (true) {
            blanks();
            if (peek() != '"') {
                throw error("field name expected");
            }
            String name = string();
            blanks();
            expect(':');
            if (map.containsKey(name)) {
                throw error("field '" + name + "' stands twice");
            }
            map.put(name, value());
            blanks();
            if (peek() == '}') {
                at++;
                depth--;
                return map;
            }
            expect(',');
        }
    }

    private List<Object> array() {
        enter();
        List<Object> list = new ArrayList<>();
        at++;
        blanks();
        if (peek() == ']') {
            at++;
            depth--;
            return list;
        }
        while (true) {
            list.add(value());
            blanks();
            if (peek() == ']') {
                at++;
                depth--;
                return list;
            }
            expect(',');
        }
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        at++;
        while (true) {
            char c = peek();
            at++;
            if (c == '"') {
                return out.toString();
            } else if (c < 0x20) {
                throw error("control character in a string");
            } else if (c != '\\') {
                out.append(c);
                continue;
            }
            char escape = peek();
            at++;
            switch (escape) {
                case '"', '\\', '/' -> out.append(escape);
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'u' -> {
                    if (at + 4 > text.length()) {
                        throw error("unfinished escape");
                    }
                    int code = 0;
                    for (int end = at + 4; at < end; at++) {
                        int digit = Character.digit(text.charAt(at), 16);
                        if (digit < 0) {
                            throw error("bad escape");
                        }
                        code = code * 16 + digit;
                    }
                    out.append((char) code);
                }
                default -> throw error("bad escape");
            }
        }
    }

    /** By hand: a batch of wide text vectors is some hundred thousand numbers, and a pattern takes twice the time. */
    private Object number() {
        int from = at;
        skip("-");
        boolean valid = skip("0") || digits();
        int wholeEnd = at;
        if (skip(".")) {
            valid &= digits();
        }
        if (skip("eE")) {
            skip("+-");
            valid &= digits();
        }
        if (!valid) {
            at = from;
            throw error("value expected");
        }
        String number = text.substring(from, at);
        if (at == wholeEnd) {
            try {
                return Long.valueOf(number);
            } catch (NumberFormatException e) {
                // A whole number too large for a long is kept as well as a double can.
                return Double.valueOf(number);
            }
        }
        return Double.valueOf(number);
    }

    /** Passes over one of these characters, where one is next. */
    private boolean skip(String characters) {
        if (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
            return true;
        }
        return false;
    }

    /** Passes over digits; false where there is none. */
    private boolean digits() {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at > from;
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw error("value expected");
        }
        at += word.length();
        return value;
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw error("nested deeper than " + MAX_DEPTH);
        }
    }

    private void expect(char c) {
        if (peek() != c) {
            throw error("'" + c + "' expected");
        }
        at++;
    }

    private char peek() {
        if (at >= text.length()) {
            throw error("text ends early");
        }
        return text.charAt(at);
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private IllegalArgumentException error(String what) {
        return new IllegalArgumentException("JSON: " + what + " at character " + at);
    }
}
