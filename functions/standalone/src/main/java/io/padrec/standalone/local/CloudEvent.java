package io.padrec.standalone.local;

import io.padrec.core.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A CloudEvent on its way. What its data are is no matter here: they pass as bytes.
 *
 * @param attributes context attributes and extensions, without {@code datacontenttype}
 * @param dataType   the media type of the data; null where none is said
 * @param data       the data; empty for none
 */
record CloudEvent(Map<String, String> attributes, String dataType, byte[] data) {
    private static final String DATA_TYPE = "datacontenttype";

    CloudEvent {
        attributes = Map.copyOf(attributes);
    }

    String id() {
        return attributes.get("id");
    }

    String type() {
        return attributes.get("type");
    }

    /** An attribute by its name, {@code datacontenttype} too; null where the event has none of it. */
    String attribute(String name) {
        return name.equals(DATA_TYPE) ? dataType : attributes.get(name);
    }

    /** The event as one JSON object, as CloudEvents' JSON format has it. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>(new TreeMap<>(attributes));
        if (dataType != null) {
            json.put(DATA_TYPE, dataType);
        }
        if (data.length > 0) {
            Object parsed = parsed();
            if (parsed == null) {
                json.put("data_base64", Base64.getEncoder().encodeToString(data));
            } else {
                json.put("data", parsed);
            }
        }
        return json;
    }

    /** The event of such an object, which need not be one: anything may be missing. */
    static CloudEvent ofJson(Map<String, Object> json) {
        Map<String, String> attributes = new LinkedHashMap<>();
        String dataType = null;
        byte[] data = {};
        for (Map.Entry<String, Object> field : json.entrySet()) {
            Object value = field.getValue();
            switch (field.getKey()) {
                case String name when value == null -> attributes.remove(name);
                case "data" -> data = Json.write(value).getBytes(StandardCharsets.UTF_8);
                case "data_base64" -> data = Base64.getDecoder().decode(value.toString());
                case DATA_TYPE -> dataType = value.toString();
                case String name -> attributes.put(name.toLowerCase(Locale.ROOT), value.toString());
            }
        }
        return new CloudEvent(attributes, dataType == null && data.length > 0 ? "application/json" : dataType, data);
    }

    /** The data as a JSON value, where writing that gives the same bytes again; null otherwise. */
    private Object parsed() {
        String text = new String(data, StandardCharsets.UTF_8);
        try {
            Object value = Json.parse(text);
            return Json.write(value).equals(text) ? value : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
