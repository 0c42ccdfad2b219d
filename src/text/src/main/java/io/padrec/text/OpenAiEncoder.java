package io.padrec.text;

import io.padrec.core.PadrecException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A model behind a server: texts in batches of about equal length, batches to requests, several under way at a time. */
final class OpenAiEncoder implements TextEncoder {
    /** Sent for a text without characters to see, because most servers refuse an empty one. */
    private static final String BLANK = " ";

    private final OpenAiOptions options;
    private final EmbeddingsServer server;
    /** Of all threads together. */
    private final Semaphore requests;
    /** 0 until it is known. */
    private final AtomicInteger width;

    OpenAiEncoder(OpenAiOptions options) {
        this.options = options;
        this.server = new EmbeddingsServer(options);
        this.requests = new Semaphore(options.concurrency());
        this.width = new AtomicInteger(options.dimensions().orElse(0));
    }

    @Override
    public String name() {
        return options.name();
    }

    /** Asks the server for a vector, where the width is not known yet. */
    @Override
    public int width() {
        if (width.get() == 0) {
            encode(List.of(BLANK));
        }
        return width.get();
    }

    @Override
    public float[][] encode(List<String> texts) {
        if (server.isClosed()) {
            throw new IllegalStateException("the text encoder is closed");
        }
        String[] inputs = texts.stream().map(this::input).toArray(String[]::new);
        int[] lengths = Arrays.stream(inputs).mapToInt(String::length).toArray();
        float[][] vectors = new float[inputs.length][];
        try {
            Workers.run(Batches.byLength(lengths, options.batchCharacters(), options.batch()), options.concurrency(), batch -> {
                float[][] encoded = request(Arrays.stream(batch).mapToObj(i -> inputs[i]).toList());
                for (int row = 0; row < batch.length; row++) {
                    vectors[batch[row]] = encoded[row];
                }
            });
            return vectors;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("encoding was interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    private String input(String text) {
        int most = options.textCharacters();
        if (text.length() > most) {
            text = text.substring(0, most > 1 && Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
        }
        return text.isBlank() ? BLANK : text;
    }

    private float[][] request(List<String> texts) throws InterruptedException {
        requests.acquire();
        try {
            float[][] vectors = server.vectors(texts);
            checkWidth(vectors[0].length);
            return vectors;
        } finally {
            requests.release();
        }
    }

    private void checkWidth(int found) {
        int expected = width.compareAndExchange(0, found);
        if (expected != 0 && expected != found) {
            throw new PadrecException("the model " + options.model() + " at " + options.endpoint() + " gave vectors of " + found
                    + " numbers, not " + expected + (options.dimensions().isPresent() ? " as padrec.text.openai.dimensions says"
                            : " as before") + "; vectors of one name must have one width");
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
