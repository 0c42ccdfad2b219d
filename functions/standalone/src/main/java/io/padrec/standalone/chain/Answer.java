package io.padrec.standalone.chain;

import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import java.util.Map;

/**
 * What a function answered.
 *
 * @param from function and path, for messages
 */
record Answer(String from, int status, String body) {
    boolean isGood() {
        return status / 100 == 2;
    }

    /** Whether the same request may be answered otherwise before long. */
    boolean isTemporary() {
        return status == 408 || status == 429 || status >= 500;
    }

    /** @throws PadrecException where it is no JSON object */
    Map<String, Object> json() {
        try {
            return Json.parseObject(body);
        } catch (IllegalArgumentException e) {
            throw new PadrecException(from + " answered what is no JSON: " + e.getMessage(), e);
        }
    }

    /** Why it is not good: what a problem's detail says, or the status alone. */
    String reason() {
        try {
            return from + " answered HTTP " + status + ": " + Json.parseObject(body).getOrDefault("detail", "no reason given");
        } catch (IllegalArgumentException e) {
            return from + " answered HTTP " + status;
        }
    }
}
