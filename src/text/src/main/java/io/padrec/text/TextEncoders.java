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

    /**
     * A model behind a server with OpenAI's {@code /v1/embeddings} interface: vLLM, Text Embeddings Inference, Ollama, a
     * vendor. Opens no connection yet. Its vectors are as alike from request to request as the server makes them; a GPU's may
     * differ by more than {@link TextEncoder} asks. A text of blanks alone is sent as one blank, and has its vector.
     * Encoding throws a {@link io.padrec.core.PadrecException} where the server refuses, answers something else than one
     * finite vector a text, all of one width, or stays away for all attempts.
     */
    public static TextEncoder openAi(OpenAiOptions options) {
        return new OpenAiEncoder(options);
    }

    /** The name of {@link #onnx}'s vectors, without loading the model: enough to see whether there is anything to encode. */
    public static String onnxName() {
        return OnnxModel.BGE_SMALL.name();
    }
}
