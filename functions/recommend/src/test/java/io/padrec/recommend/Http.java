package io.padrec.recommend;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;

/** Requests as the tests send them, and what every error looks like. */
final class Http {
    private Http() {
    }

    static ValidatableResponse get(String path, Object... parameters) {
        return given().get(path, parameters).then();
    }

    static ValidatableResponse post(String path, String body) {
        return given().contentType(ContentType.JSON).body(body).post(path).then();
    }

    static ValidatableResponse recommend(List<String> history, int k) {
        return given().contentType(ContentType.JSON).body(Map.of("history", history, "k", k)).post("/recommend").then();
    }

    static ValidatableResponse assertProblem(ValidatableResponse response, int status, String detail) {
        return response.statusCode(status).contentType("application/problem+json")
                .body("type", equalTo("about:blank")).body("status", equalTo(status))
                .body("title", equalTo(title(status))).body("detail", containsString(detail));
    }

    /** A problem that names the field. */
    static void assertProblem(ValidatableResponse response, int status, String field, String detail) {
        assertProblem(response, status, detail).body("field", equalTo(field));
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 413 -> "Request Entity Too Large";
            case 415 -> "Unsupported Media Type";
            case 503 -> "Service Unavailable";
            default -> throw new IllegalArgumentException("no test expects " + status);
        };
    }
}
