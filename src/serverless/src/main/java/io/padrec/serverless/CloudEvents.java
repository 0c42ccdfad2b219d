package io.padrec.serverless;

import io.padrec.core.Json;
import io.padrec.store.Event;
import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** CloudEvents 1.0 as they come: in binary mode (attributes are headers) or structured (one JSON object). Data are JSON objects. */
final class CloudEvents {
    static final String VERSION = "1.0";
    static final String HEADER = "ce-";
    /** Ids stand in an index of PostgreSQL, whose entries hold 2700 bytes. */
    private static final int MAX_BYTES = 1000;

    private CloudEvents() {
    }

    /** @throws Problem 400, 415 or 422 where this is no event that padrec could take */
    static Event read(MultiMap headers, byte[] body) {
        String type = Media.withoutParameters(headers.get("Content-Type"));
        if (type.equals(Media.STRUCTURED_EVENT)) {
            return structured(body);
        }
        if (type.startsWith("application/cloudevents")) {
            throw Problem.of(415, type.contains("batch") ? "batches of events are not taken; send each by itself"
                    : "events are taken as " + Media.STRUCTURED_EVENT + " or in binary mode");
        }
        boolean binary = headers.names().stream().anyMatch(name -> name.regionMatches(true, 0, HEADER, 0, HEADER.length()));
        if (!binary) {
            throw Problem.of(type.isEmpty() || type.equals(Media.JSON) ? 400 : 415,
                    "this is no CloudEvent: neither is its Content-Type " + Media.STRUCTURED_EVENT + ", nor has it headers ce-…");
        }
        checkDataType(type.isEmpty() ? Media.JSON : type);
        Map<String, Object> attributes = new HashMap<>();
        for (String name : List.of("specversion", "id", "source", "type", "subject", "time", TraceContext.HEADER)) {
            List<String> values = headers.getAll(HEADER + name);
            if (values.size() > 1) {
                throw Problem.wrong(HEADER + name, "the header " + HEADER + name + " is given more than once");
            }
            values.forEach(value -> attributes.put(name, decoded(name, value)));
        }
        attributes.putIfAbsent(TraceContext.HEADER, headers.get(TraceContext.HEADER));
        return event(attributes, body.length == 0 ? null : json(body), name -> HEADER + name);
    }

    /** @throws Problem 400, 415 or 422 where the JSON is no event that padrec could take */
    static Event structured(byte[] body) {
        if (!(json(body) instanceof Map<?, ?> json)) {
            throw Problem.of(400, "a structured event is a JSON object");
        }
        Map<String, Object> attributes = new HashMap<>();
        json.forEach((name, value) -> attributes.put((String) name, value));
        if (attributes.get("data_base64") != null) {
            throw Problem.of(415, "the data of an event must be JSON, and are binary");
        }
        if (attributes.get("datacontenttype") != null) {
            checkDataType(Media.withoutParameters(text(attributes, "datacontenttype", UnaryOperator.identity())));
        }
        return event(attributes, attributes.get("data"), UnaryOperator.identity());
    }

    private static Event event(Map<String, Object> attributes, Object data, UnaryOperator<String> names) {
        String version = required(attributes, "specversion", names);
        if (!version.equals(VERSION)) {
            throw Problem.wrong(names.apply("specversion"), "CloudEvents of version " + Fields.quoted(version)
                    + " are not known here; send version " + VERSION);
        }
        String id = required(attributes, "id", names);
        String source = required(attributes, "source", names);
        String type = required(attributes, "type", names);
        String subject = text(attributes, "subject", names);
        Instant time = time(text(attributes, "time", names), names);
        String traceparent = TraceContext.checked(text(attributes, TraceContext.HEADER, names));
        if (!(data instanceof Map<?, ?> object)) {
            throw Problem.impossible(data == null ? "the event has no data; they must be a JSON object"
                    : "the data of the event are no JSON object");
        }
        Map<String, Object> fields = new HashMap<>();
        object.forEach((name, value) -> fields.put((String) name, value));
        return new Event(id, source, type, subject, time, fields, traceparent);
    }

    private static String required(Map<String, Object> attributes, String name, UnaryOperator<String> names) {
        String value = text(attributes, name, names);
        if (value == null) {
            throw Problem.wrong(names.apply(name), "the event has no " + names.apply(name));
        }
        return value;
    }

    private static String text(Map<String, Object> attributes, String name, UnaryOperator<String> names) {
        Object value = attributes.get(name);
        if (value == null) {
            return null;
        }
        String field = names.apply(name);
        if (!(value instanceof String text)) {
            throw Problem.wrong(field, field + " must be a text");
        }
        if (text.isBlank()) {
            throw Problem.wrong(field, field + " is empty");
        }
        if (text.chars().anyMatch(Character::isISOControl) || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw Problem.wrong(field, field + " is not a valid text");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw Problem.wrong(field, field + " is longer than " + MAX_BYTES + " bytes");
        }
        return text;
    }

    private static Instant time(String time, UnaryOperator<String> names) {
        try {
            return time == null ? Instant.now() : OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException e) {
            throw Problem.wrong(names.apply("time"), names.apply("time") + " must be a time such as 2026-01-31T12:00:00Z, but is "
                    + Fields.quoted(time));
        }
    }

    private static void checkDataType(String type) {
        if (!type.equals(Media.JSON)) {
            throw Problem.of(415, "the data of an event must be " + Media.JSON + ", and are " + Fields.quoted(type));
        }
    }

    private static Object json(byte[] body) {
        try {
            return Json.parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
        } catch (CharacterCodingException e) {
            throw Problem.of(400, "the body is not UTF-8");
        } catch (IllegalArgumentException e) {
            throw Problem.of(400, "the body is not JSON: " + e.getMessage());
        }
    }

    /** Headers hold what is not ASCII in percent encoding. */
    private static String decoded(String name, String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.wrong(HEADER + name, "in the header " + HEADER + name + " a % must be written as %25");
        }
    }
}
