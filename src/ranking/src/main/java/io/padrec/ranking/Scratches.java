package io.padrec.ranking;

import java.util.concurrent.ConcurrentLinkedQueue;

/** Working memory of requests that are done, for those to come; as much of it as requests have run at once. */
final class Scratches {
    private final Scratch.Size size;
    private final ConcurrentLinkedQueue<Scratch> free = new ConcurrentLinkedQueue<>();

    Scratches(Scratch.Size size) {
        this.size = size;
    }

    Scratch take() {
        Scratch scratch = free.poll();
        return scratch == null ? new Scratch(size) : scratch;
    }

    void giveBack(Scratch scratch) {
        free.add(scratch);
    }
}
