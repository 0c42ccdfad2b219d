package io.padrec.ingest;

import io.padrec.serverless.Fields;
import io.padrec.store.InteractionRow;
import io.padrec.store.ItemRow;
import io.padrec.store.Receipt;
import io.padrec.store.Rejections;
import io.padrec.store.RowSource;
import io.padrec.store.Uploads;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is uploaded, how its rows are read, and where they go.
 *
 * @param name how it is called where it is counted, and the field of an event that holds it
 */
record RowKind<T>(String name, Reader<T> reader, Storing<T> storing) {
    /** Makes a row of its fields. */
    @FunctionalInterface
    interface Reader<T> {
        T read(long number, Map<String, Object> fields) throws BadRow;
    }

    /** One of the store's uploads. */
    @FunctionalInterface
    interface Storing<T> {
        Receipt store(Uploads uploads, String dataset, Optional<String> key, RowSource<T> rows, Rejections rejections);
    }

    static final RowKind<ItemRow> ITEMS = new RowKind<>("items", RowKind::item, Uploads::items);
    static final RowKind<InteractionRow> INTERACTIONS = new RowKind<>("interactions", RowKind::interaction,
            Uploads::interactions);

    private static ItemRow item(long number, Map<String, Object> fields) throws BadRow {
        checkKnown(fields, Set.of("id", "title", "categories", "available", "text"), "id, title, categories, available, text");
        String id = text(fields, "id");
        List<String> categories = texts(fields, "categories");
        Boolean available = flag(fields, "available");
        String text = fields.get("text") == null ? null : text(fields, "text");
        boolean says = categories != null || available != null || text != null;
        return new ItemRow(number, id, says && !fields.containsKey("title") ? null : text(fields, "title"), categories, available,
                text);
    }

    private static InteractionRow interaction(long number, Map<String, Object> fields) throws BadRow {
        checkKnown(fields, Set.of("user", "item", "time"), "user, item, time");
        return new InteractionRow(number, text(fields, "user"), text(fields, "item"), time(fields.get("time")));
    }

    private static void checkKnown(Map<String, Object> fields, Set<String> known, String listed) throws BadRow {
        for (String name : fields.keySet()) {
            if (!known.contains(name)) {
                throw new BadRow(Fields.quoted(name) + " is not known; known are " + listed);
            }
        }
    }

    private static String text(Map<String, Object> fields, String name) throws BadRow {
        return switch (fields.get(name)) {
            case String text -> text;
            case null -> throw new BadRow(fields.containsKey(name) ? name + " must be a text, and is null" : name + " is missing");
            default -> throw new BadRow(name + " must be a text");
        };
    }

    /** Null where nothing is said. */
    private static List<String> texts(Map<String, Object> fields, String name) throws BadRow {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        if (!(value instanceof List<?> list)) {
            throw new BadRow(name + " must be a list of texts");
        }
        for (Object element : list) {
            if (!(element instanceof String text)) {
                throw new BadRow(name + " must be a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    /** Null where nothing is said. */
    private static Boolean flag(Map<String, Object> fields, String name) throws BadRow {
        return switch (fields.get(name)) {
            case null -> null;
            case Boolean flag -> flag;
            default -> throw new BadRow(name + " must be true or false");
        };
    }

    /** Milliseconds since 1970, or null. */
    private static Long time(Object time) throws BadRow {
        switch (time) {
            case null -> {
                return null;
            }
            case Integer millis -> {
                return millis.longValue();
            }
            case Long millis -> {
                return millis;
            }
            case String text -> {
                try {
                    return Instant.parse(text).toEpochMilli();
                } catch (DateTimeException | ArithmeticException e) {
                    throw badTime(Fields.quoted(text));
                }
            }
            default -> throw badTime(Fields.quoted(String.valueOf(time)));
        }
    }

    private static BadRow badTime(String time) {
        return new BadRow("time must be such as \"2026-01-31T12:00:00Z\", or whole milliseconds since 1970, and is " + time);
    }
}
