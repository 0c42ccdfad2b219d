package io.padrec.standalone;

import io.padrec.core.PadrecException;
import io.padrec.standalone.pipeline.Store;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToIntFunction;

/** Runs one task with Quarkus up: the store's beans, and the HTTP server where a port is set. */
@ApplicationScoped
@Unremovable
public class Application implements QuarkusApplication {
    private static final AtomicReference<ToIntFunction<Store>> TASK = new AtomicReference<>();

    @Inject
    Store store;

    /**
     * Starts Quarkus, runs the task, stops Quarkus.
     *
     * @throws PadrecException where something the user can mend kept it from starting or from finishing
     */
    static int run(ToIntFunction<Store> task) {
        TASK.set(task);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        int[] exitCode = {1};
        // With a handler of our own Quarkus neither logs a failure nor ends the process.
        Quarkus.run(Application.class, (code, error) -> {
            exitCode[0] = code;
            failure.set(error);
        });
        switch (failure.get()) {
            case null -> {
                return exitCode[0];
            }
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    @Override
    public int run(String... args) {
        return TASK.get().applyAsInt(store);
    }
}
