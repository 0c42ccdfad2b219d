package io.padrec.serverless.testing;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;

/** Requests as tests send them, and what every error looks like. */
public final class Http {
    private Http() {
    }

    public static ValidatableResponse get(String path, Object... parameters) {
        return given().get(path, parameters).then();
    }

    public static ValidatableResponse post(String path, String body) {
        return given().contentType(ContentType.JSON).body(body).post(path).then();
    }

    public static ValidatableResponse assertProblem(ValidatableResponse response, int status, String detail) {
        return response.statusCode(status).contentType("application/problem+json")
                .body("type", equalTo("about:blank")).body("status", equalTo(status))
                .body("title", equalTo(HttpResponseStatus.valueOf(status).reasonPhrase())).body("detail", containsString(detail));
    }

    /** A problem that names the field. */
    public static void assertProblem(ValidatableResponse response, int status, String field, String detail) {
        assertProblem(response, status, detail).body("field", equalTo(field));
    }
}
