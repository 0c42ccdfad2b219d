package io.padrec.ranking;

import io.padrec.ranking.IndexInfo.State;
import java.io.IOException;
import java.util.concurrent.CancellationException;

/**
 * The approximate index of a bundle's items: built in the background, measured against exact search, and used where its answers
 * hold enough of the exact ones.
 */
final class ItemIndex implements AutoCloseable {
    private static final int NARROWEST = 32;

    private final Searcher searcher;
    private final Items.View view;
    private final RankerOptions options;
    private final long began = System.nanoTime();
    private volatile IndexInfo info = new IndexInfo(State.BUILDING, Double.NaN, 0, 0, null);
    private volatile Graph graph;
    private volatile boolean closed;

    /** @param view the bundle's items alone */
    ItemIndex(Searcher searcher, Items.View view, RankerOptions options) {
        this.searcher = searcher;
        this.view = view;
        this.options = options;
    }

    IndexInfo info() {
        IndexInfo now = info;
        return now.state() == State.BUILDING ? new IndexInfo(State.BUILDING, Double.NaN, seconds(), 0, null) : now;
    }

    /** The graph once it is ready, else null. */
    Graph graph() {
        return graph;
    }

    private double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    /** Builds in a thread of its own, which keeps the ranker's memory until it is done or notices that the ranker is closed. */
    void build(Lifetime lifetime) {
        lifetime.enter();
        Thread.ofPlatform().daemon().name("padrec-index").start(() -> {
            try {
                CompactGraph nodes = new GraphBuild(searcher.scan(view), view, this::checkOpen).run(options.indexThreads());
                measure(nodes);
            } catch (CancellationException e) {
                failed("the ranker was closed");
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                failed(e.toString());
            } finally {
                lifetime.leave();
            }
        });
    }

    private void failed(String reason) {
        info = new IndexInfo(State.FAILED, Double.NaN, seconds(), 0, reason);
    }

    /** Takes the narrowest beam that reaches the recall. */
    private void measure(CompactGraph nodes) {
        RecallSample sample = RecallSample.of(searcher, view, nodes);
        double recall = 0;
        for (int beam = NARROWEST; beam <= Graph.widest(nodes); beam *= 2) {
            checkOpen();
            Graph candidate = new Graph(nodes, beam);
            recall = sample.recall(candidate);
            if (recall >= options.recall()) {
                graph = candidate;
                info = new IndexInfo(State.READY, recall, seconds(), beam, null);
                return;
            }
        }
        info = new IndexInfo(State.REFUSED, recall, seconds(), 0, "as many candidates as are worth their while hold less of the "
                + "exact answers than the recall of " + options.recall() + " that is asked for");
    }

    private void checkOpen() {
        if (closed) {
            throw new CancellationException();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
