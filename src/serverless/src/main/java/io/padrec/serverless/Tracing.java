package io.padrec.serverless;

import java.util.concurrent.Callable;

/**
 * How an application takes part in traces. Without a bean of this, trace contexts are passed on as they came, from event to run to
 * event.
 */
public interface Tracing {
    /** W3C trace context of what this thread is doing; null where it is not traced. */
    String current();

    /**
     * Does something as a part of what led to it.
     *
     * @param traceparent W3C trace context of what led to it; null for the beginning of a trace
     * @param name        what is done, as traces show it
     */
    <T> T within(String traceparent, String name, Callable<T> work) throws Exception;
}
