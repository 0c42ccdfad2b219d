package io.padrec.serverless;

import io.padrec.store.Event;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import io.quarkus.funqy.runtime.FunctionInvoker;
import io.quarkus.funqy.runtime.FunctionRecorder;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.MDC;

/**
 * Looks at an event before Funqy does, which answers much that is malformed with a status that has a broker send it again and
 * again. What can never succeed is refused here with 400, 413, 415 or 422, before anything was stored.
 */
@ApplicationScoped
class EventGuard {
    /** Where the routing context has the event. */
    static final String EVENT = "padrec.event";

    @Inject
    TraceContext traces;

    @ConfigProperty(name = "padrec.events.max-body")
    MemorySize limit;

    /** @throws Problem 413 where the body says that it is too large */
    void checkLength(RoutingContext context) {
        String length = context.request().getHeader("Content-Length");
        if (length != null && (length.length() > 18 || Long.parseLong(length) > limit.asLongValue())) {
            throw tooLarge();
        }
    }

    void check(RoutingContext context) {
        Buffer body = context.body().buffer();
        if (body != null && body.length() > limit.asLongValue()) {
            throw tooLarge();
        }
        byte[] bytes = body == null ? new byte[0] : body.getBytes();
        MultiMap headers = context.request().headers();
        Event event = CloudEvents.read(headers, bytes);
        if (!types().contains(event.type())) {
            throw unknown(event.type());
        }
        context.put(EVENT, new Event(event.id(), event.source(), event.type(), event.subject(), event.time(), event.data(),
                traces.here(event.traceparent())));
        // Goes with the request to whatever thread answers it, and ends with it.
        MDC.put("event", event.id());
        // Funqy would read a structured event's body once more, by rules of its own; of a binary one it reads the type alone.
        headers.set("ce-id", event.id()).set("ce-type", event.type()).set("ce-specversion", CloudEvents.VERSION);
        context.next();
    }

    static Problem unknown(String type) {
        return Problem.impossible("no function here takes events of type " + Fields.quoted(type) + "; known are "
                + String.join(", ", types()));
    }

    /** The types that a Funqy function is mapped to. */
    static Set<String> types() {
        Set<String> types = new TreeSet<>();
        for (FunctionInvoker invoker : FunctionRecorder.registry.invokers()) {
            CloudEventMapping mapping = invoker.getMethod().getAnnotation(CloudEventMapping.class);
            if (mapping != null) {
                types.add(mapping.trigger());
            }
        }
        return types;
    }

    private Problem tooLarge() {
        return Problem.of(413, "the event is larger than " + limit.asLongValue() + " bytes; send a reference to its data instead");
    }
}
