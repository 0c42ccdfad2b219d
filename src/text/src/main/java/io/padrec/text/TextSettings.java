package io.padrec.text;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Which text encoder is used, {@code padrec.text.*}. Every application has these keys; {@link TextVectors#of} obeys them. */
@ConfigMapping(prefix = "padrec.text")
public interface TextSettings {
    /**
     * {@code onnx}: bge-small in this process; {@code openai}: a model behind a server; {@code file}: vectors that are there
     * already. Text, so that another word is refused by {@link TextVectors#of} in one line, and not by the application's start
     * in many.
     */
    @WithDefault("onnx")
    String encoder();

    /** Batches that {@code onnx} encodes at a time; 0 = one for each core. */
    @WithDefault("0")
    int threads();

    /** The vectors of {@code file}: safetensors with ids, see {@link PrecomputedVectors}. */
    Optional<Path> file();

    /** The server of {@code openai}. */
    OpenAi openai();

    /** What each value means: {@link OpenAiOptions}. */
    interface OpenAi {
        Optional<URI> url();

        Optional<String> model();

        Optional<String> key();

        /** A file that holds the key, in place of {@code key}. */
        Optional<Path> keyFile();

        OptionalInt dimensions();

        @WithDefault("false")
        boolean base64();

        /** As many as Text Embeddings Inference takes, unless it is told otherwise. */
        @WithDefault("32")
        int batch();

        @WithDefault("65536")
        int batchCharacters();

        @WithDefault("8192")
        int textCharacters();

        @WithDefault("4")
        int concurrency();

        @WithDefault("6")
        int attempts();

        @WithDefault("PT10S")
        Duration connectTimeout();

        /** Long, because a server may load its model when it is first asked. */
        @WithDefault("PT2M")
        Duration timeout();

        @WithDefault("PT2M")
        Duration longestWait();
    }
}
