package io.padrec.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.padrec.serverless.Tracing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Runs as spans of the trace that led to them. Quarkus makes those of requests. */
@ApplicationScoped
class OpenTelemetryTracing implements Tracing {
    private static final String TRACEPARENT = "traceparent";
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
    private static final TextMapGetter<Map<String, String>> GETTER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
            return List.copyOf(carrier.keySet());
        }

        @Override
        public String get(Map<String, String> carrier, String key) {
            return carrier.get(key);
        }
    };

    @Inject
    OpenTelemetry telemetry;

    /** The SDK makes spans nevertheless, which nobody would ever see. */
    @ConfigProperty(name = "quarkus.otel.sdk.disabled")
    boolean disabled;

    @Override
    public String current() {
        Map<String, String> carrier = new HashMap<>();
        W3C.inject(Context.current(), carrier, Map::put);
        return carrier.get(TRACEPARENT);
    }

    @Override
    public <T> T within(String traceparent, String name, Callable<T> work) throws Exception {
        if (disabled) {
            return work.call();
        }
        Context parent = traceparent == null ? Context.root() : W3C.extract(Context.root(), Map.of(TRACEPARENT, traceparent), GETTER);
        Tracer tracer = telemetry.getTracer("io.padrec");
        Span span = tracer.spanBuilder(name).setParent(parent).startSpan();
        try (Scope scope = span.makeCurrent()) {
            return work.call();
        } catch (Exception | Error e) {
            span.recordException(e).setStatus(StatusCode.ERROR);
            throw e;
        } finally {
            span.end();
        }
    }
}
