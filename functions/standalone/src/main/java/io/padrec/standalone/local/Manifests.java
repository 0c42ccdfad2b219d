package io.padrec.standalone.local;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** The Triggers of a folder of Kubernetes manifests; those without a delivery of their own have their Broker's. */
final class Manifests {
    private static final String EVENTING = "eventing.knative.dev/";

    private final Map<String, Field> brokers = new LinkedHashMap<>();
    private final List<Field> triggers = new ArrayList<>();

    private Manifests() {
    }

    /**
     * Reads all {@code .yaml} files below the folder.
     *
     * @throws PadrecException where one cannot be read, a Trigger is not what it should be, or there is none
     */
    static List<Trigger> triggers(Path folder) {
        Manifests manifests = new Manifests();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList()) {
                manifests.read(file);
            }
        } catch (IOException e) {
            throw new PadrecException("cannot read the manifests in " + folder + ": " + e
                    + "; name their folder with --manifests", e);
        }
        if (manifests.triggers.isEmpty()) {
            throw new PadrecException("there is no Trigger in the manifests in " + folder + "; name the folder that has them "
                    + "with --manifests");
        }
        return manifests.triggers.stream().map(manifests::trigger).toList();
    }

    private void read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(reader)) {
                // Patches are lists, and no resources.
                if (document instanceof Map<?, ?> map && String.valueOf(map.get("apiVersion")).startsWith(EVENTING)) {
                    Field resource = new Field(file.toString(), map);
                    switch (resource.text("kind")) {
                        case "Trigger" -> triggers.add(resource);
                        case "Broker" -> brokers.put(resource.in("metadata").text("name"), resource);
                        default -> throw resource.wrong("kind", "is none that is known here");
                    }
                }
            }
        } catch (YAMLException e) {
            throw new PadrecException(file + " is not YAML: " + e.getMessage().strip().replaceAll("\\s*\\R\\s*", " "), e);
        }
    }

    private Trigger trigger(Field resource) {
        Field spec = resource.in("spec");
        String broker = spec.text("broker");
        Field filter = spec.in("filter").in("attributes");
        Map<String, String> attributes = new LinkedHashMap<>();
        filter.names().forEach(name -> attributes.put(name, filter.text(name)));
        Delivery delivery = Delivery.NONE;
        if (brokers.containsKey(broker)) {
            delivery = delivery(brokers.get(broker).in("spec"), delivery);
        }
        // A Trigger's own delivery stands in the place of its Broker's, whole.
        delivery = delivery(spec, delivery);
        return new Trigger(resource.in("metadata").text("name"), attributes, spec.in("subscriber").in("ref").text("name"), delivery);
    }

    private static Delivery delivery(Field spec, Delivery otherwise) {
        if (!spec.has("delivery")) {
            return otherwise;
        }
        Field delivery = spec.in("delivery");
        return new Delivery(delivery.has("retry") ? delivery.count("retry") : Delivery.NONE.retries(),
                delivery.has("backoffPolicy") ? delivery.oneOf("backoffPolicy", Delivery.Backoff.values())
                        : Delivery.NONE.backoff(),
                delivery.has("backoffDelay") ? delivery.duration("backoffDelay") : Delivery.NONE.pause(),
                delivery.has("timeout") ? delivery.duration("timeout") : Delivery.NONE.timeout());
    }
}
