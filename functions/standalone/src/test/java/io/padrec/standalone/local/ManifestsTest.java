package io.padrec.standalone.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestsTest {
    private static final String TRIGGER = """
            apiVersion: eventing.knative.dev/v1
            kind: Trigger
            metadata:
              name: items-added
            spec:
              broker: default
              filter:
                attributes:
                  type: io.padrec.items.added
              subscriber:
                ref:
                  apiVersion: serving.knative.dev/v1
                  kind: Service
                  name: ingest
            """;
    private static final String DELIVERY = """
              delivery:
                retry: 5
                backoffPolicy: linear
                backoffDelay: PT1.5S
                timeout: PT10S
                deadLetterSink:
                  ref:
                    name: dead-letters
            """;
    private static final String BROKER = """
            apiVersion: eventing.knative.dev/v1
            kind: Broker
            metadata:
              name: default
            spec:
              delivery:
                retry: 14
                backoffPolicy: exponential
                backoffDelay: PT0.2S
            """;

    @TempDir
    Path folder;

    private List<Trigger> read(String yaml) {
        try {
            Files.writeString(folder.resolve("triggers.yaml"), yaml);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return Manifests.triggers(folder);
    }

    @Test
    void aTriggerIsReadWithItsDelivery() {
        Trigger trigger = read(TRIGGER + DELIVERY).getFirst();
        assertEquals(new Trigger("items-added", Map.of("type", "io.padrec.items.added"), "ingest",
                new Delivery(5, Delivery.Backoff.LINEAR, Duration.ofMillis(1500), Duration.ofSeconds(10))), trigger);
    }

    @Test
    void withoutOneItHasItsBrokers() throws IOException {
        Files.createDirectories(folder.resolve("more"));
        Files.writeString(folder.resolve("more/broker.yml"), "# first\n" + BROKER);
        List<Trigger> triggers = read(TRIGGER + "---\n" + TRIGGER + DELIVERY + "---\n- op: add\n---\nkind: Service\n");
        assertEquals(new Delivery(14, Delivery.Backoff.EXPONENTIAL, Duration.ofMillis(200), Delivery.NONE.timeout()),
                triggers.getFirst().delivery());
        assertEquals(5, triggers.getLast().delivery().retries());
    }

    @Test
    void withNeitherItTriesOnce() {
        assertEquals(0, read(TRIGGER).getFirst().delivery().retries());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "type: io.padrec.items.added  | type: [1]                  | type is no text",
        "retry: 5                     | retry: many                | retry must be a whole number",
        "backoffPolicy: linear        | backoffPolicy: fast        | backoffPolicy must be one of",
        "backoffDelay: PT1.5S         | backoffDelay: 1s           | backoffDelay must be a duration",
        "broker: default              | brokr: default             | broker is missing",
        "kind: Trigger                | kind: Triger               | kind is none",
        "name: items-added            | name:                      | name is missing",
        "attributes:                  | attribute:                 | attributes is missing",
        "filter:                      | '  filter:'                | is not YAML",
        "kind: Trigger                | kind: Broker               | there is no Trigger"})
    void whatIsWrongIsSaidInOneLineWithItsPlace(String good, String bad, String said) {
        var refused = assertThrows(PadrecException.class, () -> read((TRIGGER + DELIVERY).replaceFirst(good, bad)));
        assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
        assertTrue(refused.getMessage().contains(said) && refused.getMessage().contains(folder.toString()), refused.getMessage());
    }

    @Test
    void aFolderThatIsNotThereIsSaid() {
        var refused = assertThrows(PadrecException.class, () -> Manifests.triggers(folder.resolve("none")));
        assertTrue(refused.getMessage().contains("none"), refused.getMessage());
    }
}
