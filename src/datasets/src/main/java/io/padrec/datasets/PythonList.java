package io.padrec.datasets;

import java.util.ArrayList;
import java.util.List;

/** Reads a Python list of texts as Python prints it: {@code ['B00099XNXS', "it's"]}. Nothing is evaluated. */
final class PythonList {
    private final String text;
    private int at;

    private PythonList(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException where the text is anything else; the message says what and where */
    static List<String> parse(String text) {
        return new PythonList(text).list();
    }

    private List<String> list() {
        List<String> values = new ArrayList<>();
        blanks();
        expect('[');
        blanks();
        while (peek() != ']') {
            values.add(value());
            blanks();
            if (peek() != ']') {
                expect(',');
                blanks();
            }
        }
        at++;
        blanks();
        if (at < text.length()) {
            throw error("text after the list");
        }
        return values;
    }

    private String value() {
        char quote = peek();
        if (quote != '\'' && quote != '"') {
            throw error("a quote expected");
        }
        at++;
        StringBuilder value = new StringBuilder();
        for (char c; (c = peek()) != quote; at++) {
            if (c == '\\') {
                at++;
                c = peek();
                if (c != '\\' && c != '\'' && c != '"') {
                    throw error("unknown escape");
                }
            }
            value.append(c);
        }
        at++;
        return value.toString();
    }

    private void expect(char c) {
        if (peek() != c) {
            throw error("'" + c + "' expected");
        }
        at++;
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw error("the list ends early");
        }
        return text.charAt(at);
    }

    private IllegalArgumentException error(String what) {
        return new IllegalArgumentException(what + " at character " + (at + 1));
    }
}
