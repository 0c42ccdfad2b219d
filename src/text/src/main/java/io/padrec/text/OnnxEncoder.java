package io.padrec.text;

import ai.djl.engine.EngineException;
import ai.onnxruntime.OrtException;
import io.padrec.core.PadrecException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A sentence encoder in this process: texts to tokens, tokens in batches of about equal length, batches to vectors. */
final class OnnxEncoder implements TextEncoder {
    /** Measured: 256 to 1024 are equally fast; 4096 is a fifth slower, since a batch no longer fits the cache. */
    private static final int BATCH_TOKENS = 512;

    private final OnnxModel model;
    private final int threads;
    private final Tokenizer tokenizer;
    private final Network network;
    /** Held for reading by whoever encodes: native memory may only go when nobody uses it. */
    private final ReadWriteLock open = new ReentrantReadWriteLock();
    private volatile boolean closed;
    private boolean released;

    private OnnxEncoder(OnnxModel model, int threads, Tokenizer tokenizer, Network network) {
        this.model = model;
        this.threads = threads;
        this.tokenizer = tokenizer;
        this.network = network;
    }

    static OnnxEncoder load(OnnxModel model, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("an encoder on " + threads + " threads");
        }
        try {
            Tokenizer tokenizer = Tokenizer.of(model);
            try {
                return new OnnxEncoder(model, threads, tokenizer, Network.of(model));
            } catch (IOException | OrtException | LinkageError e) {
                tokenizer.close();
                throw e;
            }
        } catch (IOException | OrtException | LinkageError | EngineException | IllegalStateException e) {
            throw new PadrecException("cannot load the text encoder " + model.name() + " on " + System.getProperty("os.name")
                    + " " + System.getProperty("os.arch") + " (" + root(e)
                    + "); encode the texts elsewhere and give their vectors as a file instead", e);
        }
    }

    private static String root(Throwable e) {
        return e.getCause() == null ? e.toString().replace('\n', ' ') : root(e.getCause());
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public int width() {
        return model.width();
    }

    @Override
    public float[][] encode(List<String> texts) {
        open.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the text encoder is closed");
            }
            long[][] tokens = texts.stream().map(tokenizer::tokens).toArray(long[][]::new);
            int[] lengths = Arrays.stream(tokens).mapToInt(t -> t.length).toArray();
            float[][] vectors = new float[tokens.length][];
            run(Batches.byLength(lengths, BATCH_TOKENS, Integer.MAX_VALUE), batch -> {
                if (closed) { // asked before each batch; a batch itself cannot be stopped
                    throw new CancellationException("the text encoder was closed");
                }
                float[][] encoded = network.run(Arrays.stream(batch).mapToObj(i -> tokens[i]).toArray(long[][]::new));
                for (int row = 0; row < batch.length; row++) {
                    vectors[batch[row]] = encoded[row];
                }
            });
            return vectors;
        } finally {
            open.readLock().unlock();
        }
    }

    private void run(List<int[]> batches, Workers.Work<int[]> work) {
        try {
            Workers.run(batches, threads, work);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("encoding was interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CancellationException cancelled) {
                throw cancelled;
            }
            throw new IllegalStateException("the text encoder " + model.name() + " failed: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void close() {
        closed = true; // first, so that an encoding under way ends soon
        open.writeLock().lock();
        try {
            if (!released) {
                released = true;
                tokenizer.close();
                network.close();
            }
        } catch (OrtException e) {
            throw new IllegalStateException("the text encoder " + model.name() + " cannot be closed", e);
        } finally {
            open.writeLock().unlock();
        }
    }
}
