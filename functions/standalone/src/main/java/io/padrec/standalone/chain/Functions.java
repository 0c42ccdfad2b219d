package io.padrec.standalone.chain;

import io.padrec.core.PadrecException;
import io.padrec.standalone.local.Address;
import io.padrec.standalone.local.Up;
import io.padrec.standalone.terminal.Output;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The functions that are up, asked over HTTP. A function that does not answer, or answers that it cannot now, is asked again: it
 * may be being started. So every request must be one that can be repeated.
 */
final class Functions implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Longer than a start of everything; what then still fails needs a look. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Up up;
    private final Output output;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

    Functions(Up up, Output output) {
        this.up = up;
        this.output = output;
    }

    /** {@code GET} of a path, with the key of a role. */
    Answer get(String function, String role, String path) {
        return ask(function, role, path, UnaryOperator.identity());
    }

    /** {@code GET} of a path, once: empty where there is no answer. */
    Optional<Answer> now(String function, String role, String path) {
        return attempt(function, role, path, UnaryOperator.identity()) instanceof Answer answer ? Optional.of(answer) : Optional.empty();
    }

    /**
     * Asks until there is an answer that is not for now alone.
     *
     * @param asking makes the request out of one that has address and key
     * @throws PadrecException where nothing is up, or there is none within minutes
     */
    Answer ask(String function, String role, String path, UnaryOperator<HttpRequest.Builder> asking) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String last = "";
        while (true) {
            Object outcome = attempt(function, role, path, asking);
            if (outcome instanceof Answer answer && !answer.isTemporary()) {
                return answer;
            }
            String reason = outcome instanceof Answer answer ? answer.reason() : outcome.toString();
            if (System.nanoTime() > deadline) {
                throw new PadrecException(reason + ", for " + PATIENCE.toMinutes() + " minutes now; its log is "
                        + up.logs().resolve(function + ".log"));
            }
            if (!reason.equals(last)) {
                output.note(reason + "; trying again");
                last = reason;
            }
            pause();
        }
    }

    /** The answer, or in a line why there is none. */
    private Object attempt(String function, String role, String path, UnaryOperator<HttpRequest.Builder> asking) {
        // Looked up each time: all of it may have been stopped, and started elsewhere.
        Optional<Address> address = up.address();
        if (address.isEmpty()) {
            if (up.process().isEmpty()) {
                throw new PadrecException("nothing is up in " + up.home() + "; start the functions with padrec up, and run this "
                        + "again: it goes on from where it was");
            }
            return "the functions are still starting";
        }
        URI uri = address.get().functions().get(function).resolve(path);
        try {
            HttpRequest request = asking.apply(HttpRequest.newBuilder(uri).setHeader("Authorization", "Bearer " + up.key(role))).build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(function + " " + uri.getPath(), response.statusCode(), response.body());
        } catch (IOException e) {
            return function + " does not answer";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PadrecException("stopped while waiting for " + function, e);
        }
    }

    /** Waits for a moment before one looks again. */
    static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PadrecException("stopped while waiting", e);
        }
    }

    /** @throws PadrecException where the answer is not good */
    static Answer good(Answer answer) {
        if (!answer.isGood()) {
            throw new PadrecException(answer.reason());
        }
        return answer;
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
