package io.padrec.serverless.testing;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What no HTTP client would send. */
public final class RawHttp implements AutoCloseable {
    private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);

    public RawHttp() throws IOException {
        socket.setSoTimeout(20_000);
    }

    /** Lines are joined as HTTP has it. */
    public RawHttp send(String... lines) throws IOException {
        return send((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawHttp send(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
        return this;
    }

    /** All that comes until the server closes the connection. */
    public String answer() throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
