package io.padrec.text;

import java.util.List;

/**
 * Turns texts into vectors. The same text gives the same vector up to rounding (1e-4 a number), whatever texts it is encoded
 * with. Several threads may share an encoder.
 */
public interface TextEncoder extends AutoCloseable {
    /** Names the model. Vectors of one name can be compared with one another, those of two names cannot. */
    String name();

    /** How many numbers a vector has. */
    int width();

    /**
     * Encodes each text.
     *
     * @param texts of any length, also empty; what the model cannot hold of a long text is left out
     * @return [texts, {@link #width()}], in the order of the texts; every vector has length 1
     * @throws java.util.concurrent.CancellationException where the calling thread is interrupted (it stays interrupted),
     *         or the encoder is closed meanwhile
     * @throws IllegalStateException where the encoder was closed before
     */
    float[][] encode(List<String> texts);

    /** Gives back what the model holds, as soon as nobody encodes. Closing twice does nothing. */
    @Override
    void close();
}
