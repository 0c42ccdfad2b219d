package io.padrec.standalone.local;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** How an event is delivered to a subscriber: a copy for each duration, which it waits first. */
@FunctionalInterface
public interface Copies extends Supplier<List<Duration>> {
    /** Once, at once. */
    Copies ONE = () -> List.of(Duration.ZERO);
}
