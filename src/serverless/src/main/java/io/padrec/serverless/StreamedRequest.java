package io.padrec.serverless;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request whose body is still to come.
 *
 * @param type        media type of the body, in lower case and without parameters
 * @param query       query parameters
 * @param headers     headers by name in lower case; of one that is repeated, the first
 * @param traceparent W3C trace context that the request came with; null for none
 */
public record StreamedRequest(String type, Map<String, Object> query, Map<String, String> headers, String traceparent) {
    /** @throws Problem 400 where a query parameter is not one of {@code known} */
    public Fields fields(Set<String> known) {
        return Fields.of(query, known);
    }

    /** @param name in lower case */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
