package io.padrec.text;

import static io.padrec.text.LocalServer.WIDTH;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.text.LocalServer.Request;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent, and how much at a time. */
class OpenAiRequestsTest {
    private static final List<String> TEXTS = IntStream.range(0, 50).mapToObj(i -> "tea".repeat(1 + i % 7) + i).toList();

    private LocalServer server;

    @BeforeEach
    void serve() throws IOException {
        server = LocalServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private float[][] encode(List<String> texts, String... options) {
        try (TextEncoder encoder = TextEncoders.openAi(Settings.openAi(server.url(), options))) {
            return encoder.encode(texts);
        }
    }

    private static float[] unit(String text) {
        float[] vector = LocalServer.vector(text);
        UnitVectors.normalise(vector);
        return vector;
    }

    @Test
    void everyTextGetsItsVectorInWhateverOrderTheyAreAnswered() {
        for (String base64 : List.of("false", "true")) {
            float[][] vectors = encode(TEXTS, "batch", "6", "base64", base64);
            for (int i = 0; i < vectors.length; i++) {
                assertArrayEquals(unit(TEXTS.get(i)), vectors[i], 1e-6f);
            }
        }
    }

    @Test
    void aRequestHoldsSoManyTextsAtMost() {
        encode(TEXTS, "batch", "6");
        assertTrue(server.requests.stream().allMatch(request -> request.input().size() <= 6));
        assertEquals(9, server.requests.size());
        assertEquals(50, server.requests.stream().mapToInt(request -> request.input().size()).sum());
    }

    @Test
    void aRequestHoldsSoManyCharactersAtMost() {
        encode(TEXTS, "batch-characters", "60");
        assertTrue(server.requests.stream().map(Request::input).allMatch(input -> input.size() == 1
                || input.stream().mapToInt(String::length).max().orElseThrow() * input.size() <= 60));
    }

    @Test
    void aLongTextIsCutBetweenCharacters() {
        encode(List.of("abcdef", "abc😀f", "ab😀ef"), "text-characters", "4", "batch", "1");
        assertEquals(Set.of("abcd", "abc", "ab😀"), server.requests.stream().map(request -> request.input().getFirst())
                .collect(Collectors.toSet()));
    }

    @Test
    void textsOfBlanksAloneAreSentAsOneBlank() {
        float[][] vectors = encode(List.of("", "tea", " \t\n"));
        assertArrayEquals(unit(" "), vectors[0], 1e-6f);
        assertArrayEquals(vectors[0], vectors[2]);
    }

    @Test
    void soManyRequestsAreUnderWayAtATimeOverAllThreads() throws Exception {
        server.millis = 50;
        try (TextEncoder encoder = TextEncoders.openAi(Settings.openAi(server.url(), "concurrency", "3", "batch", "5"));
                var threads = Executors.newFixedThreadPool(3)) {
            Callable<float[][]> call = () -> encoder.encode(TEXTS);
            for (var answer : threads.invokeAll(Collections.nCopies(3, call))) {
                assertEquals(50, answer.get().length);
            }
        }
        assertEquals(3, server.mostUnderWay.get());
    }

    @Test
    void onlyWhatIsConfiguredIsAskedFor() {
        encode(List.of("tea"));
        encode(List.of("tea"), "base64", "true", "dimensions", "3", "model", "qwen", "key", "sk-1");
        assertEquals(List.of("model", "input"), List.copyOf(server.requests.get(0).body().keySet()));
        assertNull(server.requests.get(0).authorization());
        Request second = server.requests.get(1);
        assertEquals("base64", second.body().get("encoding_format"));
        assertEquals(3L, second.body().get("dimensions"));
        assertEquals("qwen", second.body().get("model"));
        assertEquals("Bearer sk-1", second.authorization());
    }

    @Test
    void shorterVectorsHaveLengthOneToo() {
        float[] vector = encode(List.of("tea"), "dimensions", "3")[0];
        float[] expected = Arrays.copyOf(LocalServer.vector("tea"), 3);
        UnitVectors.normalise(expected);
        assertArrayEquals(expected, vector, 1e-6f);
    }

    @Test
    void noTextsAskNothing() {
        assertEquals(0, encode(List.of()).length);
        assertTrue(server.requests.isEmpty());
    }

    @Test
    void theConfiguredWidthIsKnownWithoutAsking() {
        try (TextEncoder encoder = TextEncoders.openAi(Settings.openAi(server.url(), "dimensions", "3"))) {
            assertEquals(3, encoder.width());
            assertTrue(server.requests.isEmpty());
        }
        try (TextEncoder encoder = TextEncoders.openAi(Settings.openAi(server.url()))) {
            assertEquals(WIDTH, encoder.width());
            assertEquals(WIDTH, encoder.width());
            assertEquals(1, server.requests.size());
        }
    }

    @Test
    void theNameIsTheModelsWhereverItIsServed() {
        String elsewhere = Settings.openAi("https://other.example/v1").name();
        assertEquals(elsewhere, Settings.openAi(server.url(), "key", "sk-1", "batch", "3").name());
        assertEquals("local", elsewhere);
        assertEquals("local@256", Settings.openAi(server.url(), "dimensions", "256").name());
        assertFalse(elsewhere.contains("http"));
    }
}
