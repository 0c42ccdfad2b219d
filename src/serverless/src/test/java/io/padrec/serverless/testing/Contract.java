package io.padrec.serverless.testing;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.serverless.Routes;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/** What a function's contract must be: whole, and true. */
public final class Contract {
    private Contract() {
    }

    /** The contract that is served describes each declared route and no other; what it refers to is in it. */
    public static void assertDescribes(Routes routes) {
        String text = given().accept("application/yaml").get("/q/openapi").then().statusCode(200)
                .contentType("application/yaml").extract().asString();
        Map<String, Object> contract = new Yaml().load(text);
        assertTrue(String.valueOf(contract.get("openapi")).startsWith("3.1"), "the version of OpenAPI");
        Set<String> described = new TreeSet<>();
        fields(contract.get("paths")).forEach((path, operations) -> fields(operations).forEach((method, operation) -> {
            String route = method.toUpperCase(Locale.ROOT) + " " + path;
            described.add(route);
            assertNotNull(fields(operation).get("operationId"), route + " has no operationId");
            assertNotNull(fields(operation).get("summary"), route + " has no summary");
            assertNotNull(fields(fields(operation).get("responses")).get("default"), route + " says nothing of problems");
        }));
        // Those under /q are every function's, and Quarkus'.
        assertEquals(routes.declared().stream().filter(route -> !route.contains(" /q/")).collect(Collectors.toSet()), described);
        assertResolved(contract, contract);
    }

    private static void assertResolved(Object node, Map<String, Object> contract) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("$ref") instanceof String reference) {
                Object target = contract;
                for (String name : reference.replaceFirst("^#/", "").split("/")) {
                    target = fields(target).get(name);
                    assertNotNull(target, "nothing at " + reference);
                }
            }
            map.values().forEach(value -> assertResolved(value, contract));
        } else if (node instanceof Collection<?> list) {
            list.forEach(value -> assertResolved(value, contract));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(Object node) {
        return (Map<String, Object>) node;
    }
}
