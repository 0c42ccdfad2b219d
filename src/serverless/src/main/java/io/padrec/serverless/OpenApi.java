package io.padrec.serverless;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The function's contract, a file of its own: {@code META-INF/openapi.yaml}. */
final class OpenApi {
    static final String PATH = "/q/openapi";
    static final List<String> TYPES = List.of("application/yaml", "application/x-yaml", "text/yaml");
    private static final String FILE = "META-INF/openapi.yaml";

    private OpenApi() {
    }

    static void answer(RoutingContext context) {
        try (InputStream file = Thread.currentThread().getContextClassLoader().getResourceAsStream(FILE)) {
            if (file == null) {
                throw Problem.of(404, "this application has no contract of its own");
            }
            context.response().putHeader("Content-Type", TYPES.getFirst()).end(Buffer.buffer(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
