package io.padrec.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextSettingsTest {
    private static final String URL = "http://localhost:8000/v1";

    @TempDir
    Path folder;

    @Test
    void theBuiltInEncoderIsTheDefault() {
        assertEquals("onnx", Settings.of().encoder());
        assertEquals(0, Settings.of().threads());
    }

    @Test
    void aUrlAndAModelAreEnoughForAServer() {
        OpenAiOptions options = Settings.openAi(URL);
        assertEquals("http://localhost:8000/v1/embeddings", options.endpoint().toString());
        assertEquals(Optional.empty(), options.key());
        assertEquals(OptionalInt.empty(), options.dimensions());
        assertFalse(options.base64());
        assertEquals(32, options.batch());
        assertEquals(65_536, options.batchCharacters());
        assertEquals(8192, options.textCharacters());
        assertEquals(4, options.concurrency());
        assertEquals(6, options.attempts());
        assertEquals(Duration.ofSeconds(10), options.connectTimeout());
        assertEquals(Duration.ofMinutes(2), options.timeout());
        assertEquals(Duration.ofMinutes(2), options.longestWait());
    }

    @ParameterizedTest
    @CsvSource({"http://a:1/v1, http://a:1/v1/embeddings", "http://a/v1/, http://a/v1/embeddings",
        "https://a, https://a/embeddings", "http://a/v1/embeddings, http://a/v1/embeddings"})
    void theUrlMayBeTheInterfacesOrTheEndpoint(String url, String endpoint) {
        assertEquals(endpoint, Settings.openAi(url).endpoint().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8000", "/v1", "ftp://a/v1", "http:///v1"})
    void whatIsNoWebAddressIsRefused(String url) {
        assertSaid(() -> Settings.openAi(url), "padrec.text.openai.url is " + url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://user:sk-1@a/v1", "http://a/v1?key=sk-1", "http://a/v1#sk-1"})
    void aSecretInTheUrlIsRefusedAndNotTold(String url) {
        assertFalse(assertSaid(() -> Settings.openAi(url), "padrec.text.openai.url has a user, a query or a fragment")
                .contains("sk-1"));
    }

    @ParameterizedTest
    @CsvSource({"batch, 0", "batch, 2049", "batch-characters, 0", "text-characters, 0", "concurrency, 0", "concurrency, 257",
        "attempts, 0", "attempts, 21", "dimensions, 0", "timeout, PT0S", "timeout, PT-1S", "connect-timeout, PT0S",
        "longest-wait, P2D"})
    void aValueThatMakesNoSenseIsRefusedByItsKey(String key, String value) {
        assertSaid(() -> Settings.openAi(URL, key, value), "padrec.text.openai." + key + " is ");
    }

    @Test
    void aMissingUrlOrModelIsSaid() {
        assertSaid(() -> TextVectors.of(Settings.of("encoder", "openai", "openai.model", "m")), "openai.url is not set");
        assertSaid(() -> TextVectors.of(Settings.of("encoder", "openai", "openai.url", URL)), "openai.model is not set");
    }

    @Test
    void theKeyMayComeFromAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "sk-1\n");
        assertEquals("Bearer sk-1", Settings.openAi(URL, "key-file", file.toString()).key().orElseThrow().bearer());
        assertSaid(() -> Settings.openAi(URL, "key-file", file.toString(), "key", "sk-2"), "key-file are both set");
        assertSaid(() -> Settings.openAi(URL, "key-file", folder.resolve("none").toString()), "cannot read the key file");
        Files.writeString(file, "\n");
        assertSaid(() -> Settings.openAi(URL, "key-file", file.toString()), file + " is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk- 1", "sk-\n1", "sk-ü", "sk-\u00001"})
    void whatCanBeNoKeyIsRefusedAndNotTold(String key) {
        assertFalse(assertSaid(() -> ApiKey.of(key), "the key from padrec.text.openai.key holds").contains("sk-"));
    }

    @Test
    void aKeyIsNotShown() {
        OpenAiOptions options = Settings.openAi(URL, "key", "sk-1");
        assertTrue(options.toString().contains("***"), options.toString());
        assertFalse(options.toString().contains("sk-1"), options.toString());
    }

    @Test
    void anUnknownEncoderIsSaid() {
        assertSaid(() -> TextVectors.of(Settings.of("encoder", "word2vec")), "padrec.text.encoder is 'word2vec'; use onnx, openai");
    }

    private static String assertSaid(org.junit.jupiter.api.function.Executable call, String part) {
        String message = assertThrows(PadrecException.class, call).getMessage();
        assertTrue(message.contains(part), message);
        assertEquals(1, message.lines().count(), message);
        return message;
    }
}
