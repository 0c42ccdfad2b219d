package io.padrec.serverless;

import java.util.regex.Pattern;

/** W3C trace context, passed on as the text that it comes as. */
final class TraceContext {
    static final String HEADER = "traceparent";
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceContext() {
    }

    /** The trace context, or null where it is none: a wrong one is to be ignored, as the standard has it. */
    static String checked(String traceparent) {
        return traceparent != null && FORM.matcher(traceparent).matches() ? traceparent : null;
    }
}
