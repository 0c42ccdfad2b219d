package io.padrec.standalone.infra;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.padrec.standalone.infra.Overlay.Pod;
import io.padrec.store.EventTypes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a cluster would get. */
class OverlaysTest {
    static Stream<String> overlays() {
        return Stream.of("local", "production", "gpu");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyManifestIsWhatItsKindKnows(String name) {
        assertAll(Overlay.build(name).manifests().stream().map(manifest -> () -> assertEquals(List.of(), Model.complaints(manifest),
                manifest.path("kind") + " " + manifest.at("/metadata/name"))));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyEventEndsAtItsConsumer(String name) {
        Overlay overlay = Overlay.build(name);
        Map<String, JsonNode> subscribers = overlay.ofKind("Trigger").collect(Collectors.toMap(
                trigger -> trigger.at("/spec/filter/attributes/type").asText(), trigger -> trigger.at("/spec/subscriber/ref")));
        assertEquals(EventTypes.ALL.stream().filter(type -> !type.isFinal()).map(EventTypes.EventType::name)
                .collect(Collectors.toCollection(TreeSet::new)), new TreeSet<>(subscribers.keySet()));
        for (EventTypes.EventType type : EventTypes.ALL) {
            if (!type.isFinal()) {
                JsonNode subscriber = subscribers.get(type.name());
                assertEquals(type.consumer(), subscriber.path("name").asText(), type.name());
                assertTrue(overlay.holds(subscriber), "no " + subscriber);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyDeliveryIsTriedAgainAndThenKept(String name) {
        Overlay overlay = Overlay.build(name);
        Map<String, JsonNode> brokers = overlay.ofKind("Broker").collect(Collectors.toMap(
                broker -> broker.at("/metadata/name").asText(), broker -> broker.at("/spec/delivery")));
        overlay.ofKind("Trigger").forEach(trigger -> {
            JsonNode delivery = trigger.at("/spec").has("delivery") ? trigger.at("/spec/delivery")
                    : brokers.get(trigger.at("/spec/broker").asText());
            assertTrue(delivery.path("retry").asInt() > 0 && delivery.has("backoffPolicy") && delivery.has("backoffDelay"),
                    trigger.at("/metadata/name") + ": " + delivery);
            assertTrue(overlay.holds(delivery.at("/deadLetterSink/ref")), "no " + delivery.path("deadLetterSink"));
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void noContainerMayMoreThanItMust(String name) {
        everyContainer(name, (pod, container) -> {
            assertFalse(pod.spec().path("automountServiceAccountToken").asBoolean(true), "token");
            assertFalse(pod.spec().path("enableServiceLinks").asBoolean(true), "service links");
            JsonNode security = container.path("securityContext");
            assertTrue(security.path("runAsNonRoot").asBoolean(), "root");
            assertTrue(security.has("runAsUser") || pod.spec().at("/securityContext").has("runAsUser"), "no user");
            assertTrue(security.path("readOnlyRootFilesystem").asBoolean(), "writes to its root");
            assertFalse(security.path("allowPrivilegeEscalation").asBoolean(true), "privileges");
            assertEquals("[\"ALL\"]", security.at("/capabilities/drop").toString());
            assertEquals("RuntimeDefault", security.at("/seccompProfile/type").asText());
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyContainerSaysWhatItNeeds(String name) {
        everyContainer(name, (pod, container) -> {
            assertTrue(container.at("/resources/requests").has("cpu"), "cpu");
            assertTrue(container.at("/resources/requests").has("memory"), "memory");
            assertTrue(container.at("/resources/limits").has("memory"), "memory limit");
            assertEquals(container.at("/resources/limits/nvidia.com~1gpu"), container.at("/resources/requests/nvidia.com~1gpu"));
            Set<String> volumes = Set.copyOf(pod.spec().path("volumes").findValuesAsText("name"));
            container.path("volumeMounts").forEach(mount -> assertTrue(volumes.contains(mount.path("name").asText())
                    || pod.of().startsWith("StatefulSet"), mount.toString()));
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyServerIsProbed(String name) {
        everyContainer(name, (pod, container) -> {
            if (!pod.ends()) {
                assertTrue(container.has("readinessProbe") && container.has("livenessProbe"), "no probes");
            }
            if (container.path("image").asText().contains("/padrec/") && !pod.ends()) {
                assertEquals("/q/health/ready", container.at("/readinessProbe/httpGet/path").asText());
                assertEquals("/q/health/live", container.at("/livenessProbe/httpGet/path").asText());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyImageHasAPlaceAndAVersion(String name) {
        everyContainer(name, (pod, container) -> assertTrue(
                container.path("image").asText().matches("[a-z0-9.]+\\.[a-z]+/[a-z0-9._/-]+(:[a-z0-9.]+|@sha256:[0-9a-f]{64})"),
                container.path("image").asText()));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyAccountIsThere(String name) {
        Overlay overlay = Overlay.build(name);
        Set<String> accounts = overlay.ofKind("ServiceAccount").map(account -> account.at("/metadata/name").asText())
                .collect(Collectors.toSet());
        overlay.pods().filter(pod -> !pod.of().startsWith("StatefulSet")).forEach(
                pod -> assertTrue(accounts.contains(pod.spec().path("serviceAccountName").asText()), pod.of()));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void noSecretIsWrittenDown(String name) {
        Overlay overlay = Overlay.build(name);
        assertEquals(0, overlay.ofKind("Secret").count());
        Set<String> written = overlay.ofKind("ConfigMap").flatMap(map -> map.path("data").properties().stream().map(Map.Entry::getKey))
                .collect(Collectors.toCollection(TreeSet::new));
        overlay.pods().flatMap(Pod::containers).flatMap(container -> container.path("env").valueStream())
                .filter(variable -> variable.has("value")).forEach(variable -> written.add(variable.path("name").asText()));
        assertEquals(List.of(), written.stream().filter(key -> key.matches(".*(PASSWORD|SECRET|TOKEN|KEYS?)")).toList());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void noFunctionMigratesTheDatabaseItself(String name) {
        Overlay overlay = Overlay.build(name);
        overlay.ofKind("ConfigMap").forEach(map -> assertEquals("false", map.at("/data/PADREC_STORE_MIGRATE").asText()));
        assertEquals(1, overlay.ofKind("Job").count());
    }

    @Test
    void everyTrainingJobGetsItsEventAndAGpuAndAnEnd() {
        List<JsonNode> jobs = Overlay.build("gpu").ofKind("JobSink").map(sink -> sink.at("/spec/job/spec")).toList();
        assertEquals(3, jobs.size());
        for (JsonNode job : jobs) {
            assertTrue(job.path("activeDeadlineSeconds").asInt() > 0 && job.path("backoffLimit").asInt() > 0, job.toString());
            JsonNode container = job.at("/template/spec/containers/0");
            assertEquals("[\"--event\",\"/etc/jobsink-event/event\"]", container.path("args").toString());
            assertEquals("1", container.at("/resources/limits/nvidia.com~1gpu").asText());
            assertTrue(job.at("/template/spec/nodeSelector").size() > 0, "any node");
        }
    }

    @Test
    void theBrokerIsKnownByEachOfItsTriggers() {
        Overlay overlay = Overlay.build("production");
        JsonNode settings = overlay.ofKind("ConfigMap").findFirst().orElseThrow().path("data");
        Set<String> known = Stream.of(settings.path("PADREC_AUTH_OIDC_ROLES").asText().split(",")).map(String::strip)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(overlay.ofKind("Trigger").map(trigger -> "system:serviceaccount:padrec:" + trigger.at("/metadata/name").asText()
                + "-oidc-eventing.knative.dev-trigger=events").collect(Collectors.toCollection(TreeSet::new)), known);
        overlay.ofKind("Trigger").forEach(trigger -> assertEquals(settings.path("PADREC_AUTH_OIDC_AUDIENCE"),
                trigger.at("/spec/subscriber/audience")));
    }

    private interface Check {
        void of(Pod pod, JsonNode container);
    }

    private static void everyContainer(String overlay, Check check) {
        List<Pod> pods = Overlay.build(overlay).pods().toList();
        assertTrue(pods.size() >= 7, "only " + pods);
        assertAll(pods.stream().map(pod -> () -> assertAll(pod.of(), pod.containers().map(container -> () -> check.of(pod, container)))));
    }
}
