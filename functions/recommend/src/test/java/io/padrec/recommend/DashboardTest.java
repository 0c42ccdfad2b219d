package io.padrec.recommend;

import static io.padrec.serverless.testing.Http.get;
import static io.padrec.serverless.testing.Http.post;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Json;
import io.padrec.serverless.testing.Eventually;
import io.padrec.store.Artifacts;
import io.padrec.store.Datasets;
import io.padrec.store.Models;
import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The dashboard shows what there is: every metric that it names is one that the function exposes. */
@QuarkusTest
@WithTestResource(StoreTestResource.class)
@TestProfile(VariantsTest.Divided.class)
class DashboardTest {
    private static final Pattern METRIC = Pattern.compile("\\b(?:padrec|http|jvm)_[a-z0-9_]+");

    @Inject
    Datasets datasets;

    @Inject
    Models models;

    @Inject
    Artifacts artifacts;

    @Test
    void everyMetricOfTheDashboardIsExposed() throws Exception {
        Shop.save(datasets);
        for (long seed : new long[] {2, 3}) {
            Shop.register(seed, models, artifacts);
        }
        Shop.promote(1, models, artifacts);
        Shop.awaitServed("model-1");
        get("/recommend?user=ada").statusCode(200);
        Set<String> named = named();
        assertTrue(named.size() > 10, named::toString);
        Eventually.holds("all metrics are exposed", () -> {
            post("/recommend", "{\"user\":\"user-1\",\"history\":[\"item-3\"]}").statusCode(200);
            Set<String> missing = new TreeSet<>(named);
            missing.removeAll(exposed());
            return missing.isEmpty();
        });
    }

    @Test
    @SuppressWarnings("unchecked")
    void panelsStandSideBySideAndAskTheChosenSource() throws IOException {
        List<Map<String, Object>> panels = (List<Map<String, Object>>) dashboard().get("panels");
        Set<Object> ids = new HashSet<>();
        Set<Object> places = new HashSet<>();
        for (Map<String, Object> panel : panels) {
            assertTrue(ids.add(panel.get("id")), "twice the id " + panel.get("id"));
            assertTrue(places.add(panel.get("gridPos")), "two panels in one place: " + panel.get("title"));
            assertEquals("${datasource}", ((Map<String, Object>) panel.get("datasource")).get("uid"));
            for (Map<String, Object> target : (List<Map<String, Object>>) panel.get("targets")) {
                String expression = (String) target.get("expr");
                assertTrue(METRIC.matcher(expression).find(), () -> "no metric in " + expression);
                assertEquals(expression.chars().filter(c -> c == '(').count(), expression.chars().filter(c -> c == ')').count());
            }
        }
    }

    private static Map<String, Object> dashboard() throws IOException {
        return Json.parseObject(Files.readString(Path.of("../../infra/dashboards/recommend.json")));
    }

    @SuppressWarnings("unchecked")
    private static Set<String> named() throws IOException {
        return ((List<Map<String, Object>>) dashboard().get("panels")).stream()
                .flatMap(panel -> ((List<Map<String, Object>>) panel.get("targets")).stream())
                .flatMap(target -> METRIC.matcher((String) target.get("expr")).results().map(MatchResult::group))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> exposed() {
        return given().accept("text/plain").get("/q/metrics").asString().lines().filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst("[{ ].*", "")).collect(Collectors.toSet());
    }
}
