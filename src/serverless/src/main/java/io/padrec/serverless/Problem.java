package io.padrec.serverless;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** Why a request is not answered, as RFC 9457 has it. The detail is for whoever sent the request: it names no server inside. */
public final class Problem extends RuntimeException {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;
    private static final int UNAVAILABLE = 503;

    private final int status;
    private final String field;

    private Problem(int status, String field, String detail) {
        // No stack trace: it is an answer, not a fault.
        super(detail, null, false, false);
        this.status = status;
        this.field = field;
    }

    /** @param status an HTTP status of 400 or above */
    public static Problem of(int status, String detail) {
        return new Problem(status, null, detail);
    }

    /** A request that is wrong in the named field. */
    public static Problem wrong(String field, String detail) {
        return new Problem(BAD_REQUEST, field, detail);
    }

    /** A request that asks in the named field for what there is not. */
    public static Problem notFound(String field, String detail) {
        return new Problem(NOT_FOUND, field, detail);
    }

    /** A request that can be read, but asks for what cannot be done, however often it is sent. */
    public static Problem impossible(String detail) {
        return new Problem(UNPROCESSABLE, null, detail);
    }

    /** What cannot be answered now, but may be soon. */
    public static Problem unavailable(String detail) {
        return new Problem(UNAVAILABLE, null, detail);
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    boolean isTemporary() {
        return status == UNAVAILABLE;
    }

    String json() {
        return new JsonObject(body()).encode();
    }

    /** The fields of RFC 9457, for an answer that holds several. */
    public Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", HttpResponseStatus.valueOf(status).reasonPhrase());
        body.put("status", status);
        body.put("detail", getMessage());
        if (field != null) {
            body.put("field", field);
        }
        return body;
    }
}
