package io.padrec.text;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Several threads that share the parts of one piece of work. */
final class Workers {
    /** What is done with a part. */
    interface Work<T> {
        void on(T part) throws Exception;
    }

    private Workers() {
    }

    /**
     * Does the work on every part, begun in the order of the list. Returns or throws when no thread works any more. The first
     * failure ends it for all: the other threads are interrupted.
     *
     * @param threads how many parts are worked on at a time; for a single part the calling thread is enough
     * @throws InterruptedException where the calling thread is interrupted
     * @throws ExecutionException   with what the work threw
     */
    static <T> void run(List<T> parts, int threads, Work<T> work) throws InterruptedException, ExecutionException {
        AtomicInteger next = new AtomicInteger();
        Callable<Void> worker = () -> {
            for (int part; (part = next.getAndIncrement()) < parts.size();) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                work.on(parts.get(part));
            }
            return null;
        };
        int needed = Math.min(threads, parts.size());
        if (needed <= 1) {
            here(worker);
            return;
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(needed)) {
            var done = new ExecutorCompletionService<Void>(pool);
            for (int i = 0; i < needed; i++) {
                done.submit(worker);
            }
            try {
                for (int i = 0; i < needed; i++) {
                    done.take().get();
                }
            } catch (InterruptedException | ExecutionException e) {
                pool.shutdownNow();
                throw e;
            }
        }
    }

    private static void here(Callable<Void> worker) throws InterruptedException, ExecutionException {
        try {
            worker.call();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new ExecutionException(e);
        }
    }
}
