package io.padrec.serverless;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/** W3C trace context, passed on as the text that it comes as, or as the application's {@link Tracing} has it. */
@ApplicationScoped
class TraceContext {
    static final String HEADER = "traceparent";
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    @Inject
    Instance<Tracing> tracing;

    /** The trace context, or null where it is none: a wrong one is to be ignored, as the standard has it. */
    static String checked(String traceparent) {
        return traceparent != null && FORM.matcher(traceparent).matches() ? traceparent : null;
    }

    /** The context of what is being done, which came with the context {@code given}. */
    String here(String given) {
        String current = tracing.isResolvable() ? tracing.get().current() : null;
        return current != null ? current : checked(given);
    }

    <T> T within(String traceparent, String name, Callable<T> work) throws Exception {
        return tracing.isResolvable() ? tracing.get().within(traceparent, name, work) : work.call();
    }
}
