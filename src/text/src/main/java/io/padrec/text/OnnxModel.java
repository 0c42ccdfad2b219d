package io.padrec.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;

/**
 * A BERT-like sentence encoder on the class path. A text's vector is the last hidden state of its first token (as bge was
 * trained), L2-normalised.
 *
 * @param name      the encoder's name
 * @param network   class path name of the ONNX file; inputs input_ids, attention_mask, token_type_ids [B, L], first output
 *                  [B, L, width]
 * @param tokenizer class path name of the tokenizer's JSON file
 * @param width     numbers a vector
 * @param maxTokens tokens that the network can hold, its two marks included
 */
record OnnxModel(String name, String network, String tokenizer, int width, int maxTokens) {
    /**
     * Full precision on purpose. The 8-bit variant is 2.2 times as fast and ranks as well, but it scales activations by batch,
     * so that a text's vector depends on the texts beside it (cosine with itself alone down to 0.992).
     */
    static final OnnxModel BGE_SMALL = new OnnxModel("bge-small-en-v1.5", "/bge-small-en-v1.5.onnx",
            "/bge-small-en-v1.5-tokenizer.json", 384, 512);

    /** Opens one of the model's files. */
    static InputStream open(String file) throws IOException {
        return url(file).openStream();
    }

    /** How many bytes one of the model's files has. */
    static long size(String file) throws IOException {
        long size = url(file).openConnection().getContentLengthLong();
        if (size >= 0) {
            return size;
        }
        // Some class loaders do not say; then it has to be counted.
        try (InputStream in = open(file)) {
            return in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static URL url(String file) throws IOException {
        URL url = OnnxModel.class.getResource(file);
        if (url == null) {
            throw new IOException(file + " is not on the class path");
        }
        return url;
    }
}
