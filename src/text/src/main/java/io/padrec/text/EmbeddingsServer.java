package io.padrec.text;

import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * A server with OpenAI's {@code /v1/embeddings} interface. A request that fails in passing (no connection, no answer in time,
 * 408, 429, 5xx) is sent again after a pause; one that is refused is not.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/embeddings/create">the interface</a>
 */
final class EmbeddingsServer implements AutoCloseable {
    /** More than the widest vector takes in decimal numbers. A server that sends more for each text sends something else. */
    private static final int MAX_BYTES_A_TEXT = 2 << 20;

    private static final int MAX_READ = 1 << 20;
    private static final int MAX_QUOTED = 200;
    private static final System.Logger LOG = System.getLogger(EmbeddingsServer.class.getName());

    private final OpenAiOptions options;
    private final HttpClient client;
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
    private final CountDownLatch closed = new CountDownLatch(1);

    EmbeddingsServer(OpenAiOptions options) {
        this.options = options;
        this.client = HttpClient.newBuilder()
                // Over http, HTTP/2 begins with an upgrade, which Python's servers (vLLM's too) answer by losing the body.
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(options.connectTimeout())
                .build();
    }

    /**
     * Asks for the vectors of some texts, again where that fails in passing.
     *
     * @return [texts, T] as {@link EmbeddingsAnswer#vectors} gives them
     * @throws PadrecException       where the server refuses, answers something else or stays away
     * @throws CancellationException where this is closed meanwhile
     * @throws InterruptedException  where the calling thread is interrupted
     */
    float[][] vectors(List<String> texts) throws InterruptedException {
        HttpRequest request = request(texts);
        for (int attempt = 1;; attempt++) {
            try {
                return read(send(request, texts.size()), texts.size());
            } catch (IOException e) {
                checkOpen();
                pause(attempt, e);
            }
        }
    }

    private HttpRequest request(List<String> texts) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", options.model());
        body.put("input", texts);
        if (options.base64()) {
            body.put("encoding_format", "base64");
        }
        options.dimensions().ifPresent(width -> body.put("dimensions", width));
        HttpRequest.Builder request = HttpRequest.newBuilder(options.endpoint())
                .header("Content-Type", "application/json").header("Accept", "application/json")
                .POST(BodyPublishers.ofString(Json.write(body), StandardCharsets.UTF_8));
        options.key().ifPresent(key -> request.header("Authorization", key.bearer()));
        return request.build();
    }

    private HttpResponse<byte[]> send(HttpRequest request, int texts) throws IOException, InterruptedException {
        checkOpen();
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(request,
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES_A_TEXT * (texts + 1L)));
        try {
            // Not the request's own time-out, which ends with the headers: a server may stop in the middle of the body.
            return exchange.get(options.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("there was no whole answer within " + seconds(options.timeout()));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            exchange.cancel(true); // does nothing to one that is done
        }
    }

    private float[][] read(HttpResponse<byte[]> answer, int texts) throws Refusal {
        if (answer.statusCode() / 100 != 2) {
            Refusal refusal = new Refusal(answer.statusCode(), quoted(answer.body()),
                    answer.headers().firstValue("Retry-After").flatMap(value -> Backoff.retryAfter(value, Instant.now())));
            if (refusal.isPassing()) {
                throw refusal;
            }
            throw failed(refusal.getMessage(), refusal.advice());
        }
        try {
            return EmbeddingsAnswer.vectors(answer.body(), texts);
        } catch (IllegalArgumentException e) {
            throw failed("answered " + answer.statusCode() + ", but not with " + texts + " vectors: " + e.getMessage() + " ("
                    + quoted(answer.body()) + ")", "check padrec.text.openai.url and model");
        }
    }

    private void pause(int attempt, IOException failure) throws InterruptedException {
        Optional<Duration> asked = failure instanceof Refusal refusal ? refusal.retryAfter() : Optional.empty();
        if (attempt == options.attempts()) {
            throw failed(reason(failure) + ", " + attempt + (attempt == 1 ? " time" : " times in a row"), advice(failure));
        }
        if (asked.isPresent() && asked.get().compareTo(options.longestWait()) > 0) {
            throw failed(reason(failure) + " and asks to wait " + seconds(asked.get()), "try again then, or raise"
                    + " padrec.text.openai.longest-wait");
        }
        Duration wait = asked.map(backoff::asked).orElseGet(() -> backoff.after(attempt));
        LOG.log(Level.INFO, () -> told(options.endpoint() + " " + reason(failure) + "; next attempt in " + seconds(wait)));
        if (closed.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            throw cancelled();
        }
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case Refusal refusal -> refusal.getMessage();
            case HttpConnectTimeoutException _ -> "does not take the connection in time";
            case HttpTimeoutException _ -> "does not answer: " + failure.getMessage();
            case ConnectException _ -> "cannot be reached: "
                    + (failure.getCause() instanceof UnresolvedAddressException ? "its host is not known" : "no connection");
            default -> "broke off: " + failure;
        };
    }

    private static String advice(IOException failure) {
        return switch (failure) {
            case Refusal refusal -> refusal.advice();
            case HttpConnectTimeoutException _ -> "check padrec.text.openai.url and the network";
            case HttpTimeoutException _ -> "raise padrec.text.openai.timeout, or lower batch or concurrency";
            case ConnectException _ -> "check padrec.text.openai.url and that the server runs";
            default -> "see the server's log, and try again";
        };
    }

    /** The exceptions beneath are told, not kept: they may quote what the server sent, and with it the key. */
    private PadrecException failed(String what, String advice) {
        return new PadrecException("the embeddings server " + options.endpoint() + " " + told(what) + "; " + advice);
    }

    /** The beginning of what the server says, on one line. */
    private String quoted(byte[] body) {
        if (body.length > MAX_READ) {
            return body.length + " bytes";
        }
        String text = new String(body, StandardCharsets.UTF_8);
        try {
            text = Json.write(Json.parse(text)); // without escapes, in which the key would not be found
        } catch (IllegalArgumentException e) {
            // Then it is quoted as it is.
        }
        text = told(text);
        return text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "...";
    }

    /** What a server may have had a part in, without the key and on one line. */
    private String told(String text) {
        return options.key().map(key -> key.hiddenIn(text)).orElse(text).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() / 1000.0 + " s";
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void checkOpen() {
        if (isClosed()) {
            throw cancelled();
        }
    }

    private static CancellationException cancelled() {
        return new CancellationException("the text encoder was closed");
    }

    /** Breaks off the requests under way. */
    @Override
    public void close() {
        closed.countDown();
        client.shutdownNow();
    }
}
