package io.padrec.ingest;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Uploads as tests send them. */
final class Sending {
    private Sending() {
    }

    static String lines(String... rows) {
        return String.join("\n", rows) + "\n";
    }

    static ValidatableResponse send(String path, String lines) {
        return send(path, "application/x-ndjson", lines);
    }

    static ValidatableResponse send(String path, String type, String body) {
        return given().contentType(type).body(body.getBytes(StandardCharsets.UTF_8)).urlEncodingEnabled(false).post(path).then();
    }

    /** Sends the beginning of an upload, and is gone. */
    static void cut(String path, String key, String beginning, int announced) throws IOException {
        begin(path, key, beginning, announced).close();
    }

    /** Sends the beginning of an upload; the rest is still to come. */
    static Socket begin(String path, String key, String beginning, int announced) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
        OutputStream out = socket.getOutputStream();
        out.write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nIdempotency-Key: "
                + key + "\r\nContent-Length: " + announced + "\r\n\r\n" + beginning).getBytes(StandardCharsets.UTF_8));
        out.flush();
        return socket;
    }
}
