package io.padrec.text;

/** The text encoders that can be had. */
public final class TextEncoders {
    private TextEncoders() {
    }

    /**
     * The built-in encoder: bge-small-en-v1.5 (English, 384 numbers a vector, the first 512 tokens of a text), run in this
     * process by ONNX Runtime on the CPU. Needs no network. An empty text, or one of blanks alone, has a vector of its own:
     * what the model says of the two marks that frame every text. The number of threads changes no vector. Holds about
     * 0.4 GB until it is closed.
     *
     * @param threads how many batches are encoded at a time, at least 1
     * @throws io.padrec.core.PadrecException where its native libraries cannot be loaded on this platform
     */
    public static TextEncoder onnx(int threads) {
        return OnnxEncoder.load(OnnxModel.BGE_SMALL, threads);
    }

    /** The name of {@link #onnx}'s vectors, without loading the model: enough to see whether there is anything to encode. */
    public static String onnxName() {
        return OnnxModel.BGE_SMALL.name();
    }
}
