package io.padrec.standalone.chaos;

import io.padrec.core.PadrecException;
import io.padrec.standalone.local.Local;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A worker that stands still without being dead, as in a long pause of its machine: it is stopped (SIGSTOP) until its lease has
 * expired and a second process of the function has taken its run over, and woken while that one works.
 */
final class Pause {
    private static final Stage STAGE = Workers.DOUBLED;
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration PATIENCE = Weather.LEASE.multipliedBy(6);
    /** The one that was woken has some time to do harm. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(1);
    private static final int ATTEMPTS = 3;

    private final Local local;
    private final Log log;
    private final Workers workers;

    Pause(Local local, Log log) {
        this.local = local;
        this.log = log;
        this.workers = new Workers(local);
    }

    /** Where the stage is over before anybody could be paused, nothing is done; the log lacks it then. */
    void run() throws InterruptedException {
        for (int attempt = 1; attempt <= ATTEMPTS && !pauseHolder(); attempt++) {
            Thread.sleep(LOOK);
        }
    }

    private boolean pauseHolder() throws InterruptedException {
        // The lease of one that was killed outlives it for a while.
        Optional<ProcessHandle> holder = await(() -> workers.atWork(STAGE));
        if (holder.isEmpty()) {
            return false;
        }
        signal("STOP", holder.get());
        try {
            Optional<ProcessHandle> next = await(() -> workers.atWork(STAGE).filter(other -> !other.equals(holder.get())));
            if (next.isEmpty()) {
                // It was stopped inside a transaction, and holds the run's row: nobody else can have the run then.
                return false;
            }
            log.did(STAGE, "pause", STAGE.title(), "process " + holder.get().pid() + " is paused, its lease has expired, and process "
                    + next.get().pid() + " has taken its run over; now it is woken");
        } finally {
            signal("CONT", holder.get());
        }
        Thread.sleep(AFTERWARDS);
        return true;
    }

    /** Asks until there is one; empty where there is none in time. */
    private static Optional<ProcessHandle> await(Supplier<Optional<ProcessHandle>> asked) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<ProcessHandle> found = asked.get();
            if (found.isPresent()) {
                return found;
            }
            Thread.sleep(LOOK);
        }
        return Optional.empty();
    }

    private static void signal(String signal, ProcessHandle process) throws InterruptedException {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new PadrecException("cannot send " + signal + " to process " + process.pid() + ": " + e, e);
        }
    }
}
