package io.padrec.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Cuts texts into the token numbers of a model, its two marks included. */
final class Tokenizer implements AutoCloseable {
    private static final String OPT_OUT = "OPT_OUT_TRACKING";

    private final HuggingFaceTokenizer tokenizer;

    private Tokenizer(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    static Tokenizer of(OnnxModel model) throws IOException {
        // Otherwise the library reports its use over the network when it is first loaded.
        if (System.getProperty(OPT_OUT) == null) {
            System.setProperty(OPT_OUT, "true");
        }
        try (InputStream json = OnnxModel.open(model.tokenizer())) {
            return new Tokenizer(HuggingFaceTokenizer.newInstance(json, Map.of("padding", "false", "truncation", "true",
                    "maxLength", Integer.toString(model.maxTokens()))));
        }
    }

    /** The text's tokens, at least the two marks. */
    long[] tokens(String text) {
        return tokenizer.encode(text, true, false).getIds();
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
