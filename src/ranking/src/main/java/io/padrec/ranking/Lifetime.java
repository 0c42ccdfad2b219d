package io.padrec.ranking;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts who uses something that must be freed, and frees it when its owner and its last user are done. */
final class Lifetime {
    private final Runnable free;
    /** The owner counts as one. */
    private final AtomicInteger users = new AtomicInteger(1);
    private final AtomicInteger owners = new AtomicInteger(1);

    Lifetime(Runnable free) {
        this.free = free;
    }

    /** Begins a use that may last; false where the owner is done, and no new use may begin. */
    boolean retain() {
        return owners.get() > 0 && enter();
    }

    /** Begins a short use, maybe inside of one that lasts; false where it is freed. */
    boolean enter() {
        return users.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
    }

    void leave() {
        if (users.decrementAndGet() == 0) {
            free.run();
        }
    }

    /** The owner is done; calling it again changes nothing. */
    void end() {
        if (owners.getAndSet(0) > 0) {
            leave();
        }
    }
}
