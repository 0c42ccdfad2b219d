package io.padrec.recommend;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;

/** Requests as the tests send them. */
final class Http {
    private Http() {
    }

    static ValidatableResponse recommend(List<String> history, int k) {
        return given().contentType(ContentType.JSON).body(Map.of("history", history, "k", k)).post("/recommend").then();
    }
}
