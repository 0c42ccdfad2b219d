package io.padrec.text;

import io.padrec.core.PadrecException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a server with OpenAI's {@code /v1/embeddings} interface is asked. Each value is set by {@code padrec.text.openai.*},
 * see {@link TextSettings.OpenAi}, which also has the defaults.
 *
 * @param url             the interface's address, e.g. {@code http://vllm:8000/v1}; {@code /embeddings} is added where it
 *                        does not end so
 * @param model           the model's name at the server
 * @param key             sent as bearer token, if any
 * @param dimensions      numbers a vector: asked for, and every vector must have as many. Without it the model's own width,
 *                        as first seen
 * @param base64          asks for vectors as base64 of float32 instead of decimal numbers: a quarter of the bytes, and no
 *                        numbers to parse; not every server knows it
 * @param batch           texts a request, 1 to 2048
 * @param batchCharacters characters a request, padding to its longest text included; a longer text is sent alone
 * @param textCharacters  characters a text; the rest is left out. The server may leave out more
 * @param concurrency     requests under way at a time, 1 to 256, over all threads that share the encoder
 * @param attempts        how often a request is sent at most before it counts as failed, 1 to 20
 * @param connectTimeout  longest wait for a connection
 * @param timeout         longest wait for a whole answer
 * @param longestWait     longest pause that a server may ask for ({@code Retry-After}); where it asks for more, the request
 *                        counts as failed
 */
public record OpenAiOptions(URI url, String model, Optional<ApiKey> key, OptionalInt dimensions, boolean base64, int batch,
        int batchCharacters, int textCharacters, int concurrency, int attempts, Duration connectTimeout, Duration timeout,
        Duration longestWait) {
    private static final String PREFIX = "padrec.text.openai.";
    private static final int MAX_MODEL = 200;
    private static final int MAX_WIDTH = 65_536;

    /** @throws PadrecException where a value makes no sense; the message names its key */
    public OpenAiOptions {
        checkUrl(url);
        if (model.isBlank() || model.length() > MAX_MODEL) {
            throw refused("model", "has " + model.strip().length() + " characters", "name the server's model in 1 to " + MAX_MODEL);
        }
        dimensions.ifPresent(width -> checkRange("dimensions", width, 1, MAX_WIDTH));
        checkRange("batch", batch, 1, 2048);
        checkRange("batch-characters", batchCharacters, 1, Integer.MAX_VALUE);
        checkRange("text-characters", textCharacters, 1, Integer.MAX_VALUE);
        checkRange("concurrency", concurrency, 1, 256);
        checkRange("attempts", attempts, 1, 20);
        checkPositive("connect-timeout", connectTimeout);
        checkPositive("timeout", timeout);
        checkPositive("longest-wait", longestWait);
    }

    /**
     * The options as they are configured.
     *
     * @throws PadrecException where one is missing or makes no sense
     */
    public static OpenAiOptions of(TextSettings.OpenAi settings) {
        if (settings.key().isPresent() && settings.keyFile().isPresent()) {
            throw new PadrecException(PREFIX + "key and " + PREFIX + "key-file are both set; set one");
        }
        return new OpenAiOptions(required("url", settings.url()), required("model", settings.model()),
                settings.key().map(ApiKey::of).or(() -> settings.keyFile().map(ApiKey::read)), settings.dimensions(),
                settings.base64(), settings.batch(), settings.batchCharacters(), settings.textCharacters(),
                settings.concurrency(), settings.attempts(), settings.connectTimeout(), settings.timeout(),
                settings.longestWait());
    }

    /**
     * The encoder's name: the model, with the dimensions where they are asked for. Not the server: one model's vectors from
     * two servers can be compared, and moving to another server encodes nothing anew.
     */
    public String name() {
        return dimensions.isPresent() ? model + "@" + dimensions.getAsInt() : model;
    }

    /** Where requests go. */
    URI endpoint() {
        String text = url.toString().replaceAll("/+$", "");
        return URI.create(text.endsWith("/embeddings") ? text : text + "/embeddings");
    }

    private static <T> T required(String key, Optional<T> value) {
        return value.orElseThrow(() -> new PadrecException(PREFIX + key + " is not set; padrec.text.encoder=openai needs "
                + PREFIX + "url, e.g. http://localhost:8000/v1, and " + PREFIX + "model"));
    }

    private static void checkUrl(URI url) {
        String advice = "give http://HOST/v1 or https://HOST/v1";
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            // Not quoted: this is where secrets are put.
            throw refused("url", "has a user, a query or a fragment", advice + ", and the secret as " + PREFIX + "key");
        }
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw refused("url", "is " + url, advice);
        }
    }

    private static void checkRange(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw refused(key, "is " + value, "give " + least + " to " + most);
        }
    }

    private static void checkPositive(String key, Duration value) {
        if (!value.isPositive() || value.compareTo(Duration.ofDays(1)) > 0) {
            throw refused(key, "is " + value, "give more than nothing and at most a day, e.g. 60s");
        }
    }

    private static PadrecException refused(String key, String what, String advice) {
        return new PadrecException(PREFIX + key + " " + what + "; " + advice);
    }
}
