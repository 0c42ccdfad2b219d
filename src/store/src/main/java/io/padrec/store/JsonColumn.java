package io.padrec.store;

import io.padrec.core.Json;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON objects in jsonb columns, with the values that {@link Json} has: whole numbers Long, others Double. */
@Converter
class JsonColumn implements AttributeConverter<Map<String, Object>, String> {
    static final String WRITE = "cast(? as jsonb)";

    @Override
    public String convertToDatabaseColumn(Map<String, Object> value) {
        return value == null ? null : Json.write(canonical(value));
    }

    @Override
    public Map<String, Object> convertToEntityAttribute(String json) {
        return json == null ? null : Json.parseObject(json);
    }

    /**
     * The object as it comes back from the database.
     *
     * @throws IllegalArgumentException where a value is none of JSON's
     */
    static Map<String, Object> normal(Map<String, Object> value) {
        return Json.parseObject(Json.write(canonical(value)));
    }

    /**
     * The same value for equal content: fields sorted, texts without the character 0, which PostgreSQL cannot hold.
     *
     * @throws IllegalArgumentException where a value is none of JSON's
     */
    static Object canonical(Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> map -> {
                Map<String, Object> sorted = new TreeMap<>();
                map.forEach((name, inner) -> sorted.put(Content.clean(name.toString()), canonical(inner)));
                yield sorted;
            }
            case Iterable<?> elements -> {
                List<Object> list = new ArrayList<>();
                elements.forEach(element -> list.add(canonical(element)));
                yield list;
            }
            case String text -> Content.clean(text);
            case Number number -> number;
            case Boolean bool -> bool;
            default -> throw new IllegalArgumentException("no JSON value: " + value.getClass().getName());
        };
    }
}
