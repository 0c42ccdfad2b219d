package io.padrec.standalone.local;

import com.sun.net.httpserver.Headers;
import io.padrec.core.Json;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** CloudEvents over HTTP: taken in binary mode (attributes are headers) and structured (one JSON object), passed on in binary. */
final class Envelope {
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String HEADER = "ce-";
    private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");

    private Envelope() {
    }

    /** A request that is no event, and the status to answer it with. */
    static final class MalformedException extends Exception {
        private final int status;

        MalformedException(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /** @throws MalformedException with status 400 or 415; sent again it would be no better */
    static CloudEvent open(Headers headers, byte[] body) throws MalformedException {
        String mediaType = headers.getFirst("Content-Type");
        String type = mediaType == null ? "" : mediaType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        CloudEvent event = switch (type) {
            case STRUCTURED -> structured(body);
            case String other when other.startsWith("application/cloudevents") -> throw new MalformedException(415,
                    "events are taken in binary mode or as " + STRUCTURED + ", each by itself");
            default -> new CloudEvent(attributes(headers), mediaType, body);
        };
        for (String name : REQUIRED) {
            if (event.attributes().getOrDefault(name, "").isBlank()) {
                throw new MalformedException(400, "the event has no " + name);
            }
        }
        for (String name : event.attributes().keySet()) {
            if (!name.matches("[a-z0-9]+")) {
                throw new MalformedException(400, "'" + name + "' is no name of an attribute");
            }
        }
        if (event.dataType() != null && !event.dataType().matches("[ -~]*")) {
            throw new MalformedException(400, "datacontenttype is no media type");
        }
        return event;
    }

    /** Puts the event into a request in binary mode. */
    static HttpRequest.Builder seal(CloudEvent event, HttpRequest.Builder request) {
        event.attributes().forEach((name, value) -> request.setHeader(HEADER + name, encoded(value)));
        if (event.dataType() != null) {
            request.setHeader("Content-Type", event.dataType());
        }
        return request.POST(HttpRequest.BodyPublishers.ofByteArray(event.data()));
    }

    private static CloudEvent structured(byte[] body) throws MalformedException {
        try {
            return CloudEvent.ofJson(Json.parseObject(new String(body, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(400, "the event is not JSON: " + e.getMessage());
        }
    }

    private static Map<String, String> attributes(Headers headers) throws MalformedException {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith(HEADER)) {
                attributes.put(name.substring(HEADER.length()), decoded(name, header.getValue().getFirst()));
            }
        }
        return attributes;
    }

    private static String decoded(String name, String value) throws MalformedException {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new MalformedException(400, "in the header " + name + " a % must be written as %25");
        }
    }

    /** As CloudEvents' HTTP binding has it: what is not printable ASCII, blanks, quotes and % itself are percent-encoded. */
    private static String encoded(String value) {
        StringBuilder out = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f && b != '"' && b != '%') {
                out.append((char) b);
            } else {
                out.append(String.format("%%%02X", b));
            }
        }
        return out.toString();
    }
}
