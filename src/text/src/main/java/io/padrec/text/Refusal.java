package io.padrec.text;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A server's answer that is no success. */
final class Refusal extends IOException {
    private final int status;
    private final Optional<Duration> retryAfter;

    /**
     * @param status     HTTP status
     * @param body       what the server says, short and without secrets; may be empty
     * @param retryAfter when it wants to be asked again
     */
    Refusal(int status, String body, Optional<Duration> retryAfter) {
        super("answered " + status + (body.isEmpty() ? "" : " (" + body + ")"));
        this.status = status;
        this.retryAfter = retryAfter;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Whether the same request may succeed later. */
    boolean isPassing() {
        return status == 408 || status == 429 || status >= 500;
    }

    /** What can be done about it. */
    String advice() {
        return switch (status) {
            case 400, 413, 422 -> "check padrec.text.openai.model and what the server takes (batch, text-characters, dimensions)";
            case 401, 403 -> "set padrec.text.openai.key or key-file to a key that may use the model";
            case 404, 405 -> "check padrec.text.openai.url and model";
            case 429 -> "try again later, or lower padrec.text.openai.concurrency";
            default -> status < 400 ? "set padrec.text.openai.url to where it leads" : "see the server's log, and try again";
        };
    }
}
