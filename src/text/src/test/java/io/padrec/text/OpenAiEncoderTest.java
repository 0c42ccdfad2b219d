package io.padrec.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The built-in model once more, this time behind a server. */
class OpenAiEncoderTest extends TextEncoderContract {
    private final TextEncoder model = TextEncoders.onnx(2);
    private final LocalServer server;

    OpenAiEncoderTest() throws IOException {
        server = new LocalServer(model::encode);
    }

    @AfterAll
    void stop() {
        server.close();
        model.close();
    }

    @Override
    TextEncoder open() {
        return TextEncoders.openAi(Settings.openAi(server.url(), "batch", "7"));
    }

    @Test
    void theServersVectorsAreTheModels() {
        List<String> texts = IntStream.range(0, 40).mapToObj(i -> "Green tea " + "very ".repeat(i % 5) + i).toList();
        float[][] expected = model.encode(texts);
        for (String base64 : List.of("false", "true")) {
            try (TextEncoder encoder = TextEncoders.openAi(Settings.openAi(server.url(), "base64", base64, "batch", "9"))) {
                float[][] vectors = encoder.encode(texts);
                for (int i = 0; i < expected.length; i++) {
                    assertArrayEquals(expected[i], vectors[i], 1e-4f);
                }
            }
        }
    }

    @Test
    void theWidthIsAskedForWhereItIsNotKnown() {
        try (TextEncoder encoder = open()) {
            assertEquals(384, encoder.width());
        }
    }
}
