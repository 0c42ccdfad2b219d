package io.padrec.serverless;

import io.padrec.core.Json;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Answers requests whose bodies are too long to be held in memory. They never come to Quarkus' body handler, which would do so. */
@ApplicationScoped
class Streams {
    @Inject
    TraceContext traces;

    @ConfigProperty(name = "padrec.streams.max-body")
    MemorySize limit;

    @ConfigProperty(name = "padrec.streams.idle-timeout")
    Duration patience;

    void take(RoutingContext context, StreamedRoute route) {
        String length = context.request().getHeader("Content-Length");
        BodyStream body = new BodyStream(context, patience, limit.asLongValue());
        if (length != null) {
            body.checkLength(Long.parseLong(length));
        }
        StreamedRequest request = request(context);
        Context eventLoop = context.vertx().getOrCreateContext();
        Thread.ofVirtual().name("padrec-stream " + context.request().path()).start(() -> {
            try {
                String json = answer(route, request, body);
                eventLoop.runOnContext(now -> end(context, json));
            } catch (Throwable failure) {
                eventLoop.runOnContext(now -> fail(context, body, failure));
            }
        });
    }

    private static String answer(StreamedRoute route, StreamedRequest request, InputStream body) throws IOException {
        return Json.write(route.answer().answer(request, body));
    }

    private static void end(RoutingContext context, String json) {
        context.response().putHeader("Content-Type", Media.JSON).end(json);
        Failures.dropTheRest(context);
    }

    private static void fail(RoutingContext context, BodyStream body, Throwable failure) {
        // Whatever came of it, nobody is there any more to be told.
        if (!body.isCut()) {
            context.fail(failure);
        }
    }

    private StreamedRequest request(RoutingContext context) {
        HttpServerRequest request = context.request();
        Map<String, Object> query = new HashMap<>();
        context.queryParams().forEach(query::put);
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        return new StreamedRequest(Media.sent(context), query, headers,
                traces.here(request.getHeader(TraceContext.HEADER)));
    }
}
