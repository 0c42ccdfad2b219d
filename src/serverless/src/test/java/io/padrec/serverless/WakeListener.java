package io.padrec.serverless;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicReference;

/** Hears nudges as the worker does. */
@Singleton
public class WakeListener {
    static final AtomicReference<Runnable> HEARD = new AtomicReference<>(() -> {
    });

    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Worker.Nudge nudge) {
        HEARD.get().run();
    }
}
