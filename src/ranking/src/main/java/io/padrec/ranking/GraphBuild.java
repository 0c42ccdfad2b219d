package io.padrec.ranking;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.lucene.search.TaskExecutor;
import org.apache.lucene.util.hnsw.HnswConcurrentMergeBuilder;
import org.apache.lucene.util.hnsw.HnswGraphBuilder;
import org.apache.lucene.util.hnsw.OnHeapHnswGraph;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;
import org.apache.lucene.util.hnsw.UpdateableRandomVectorScorer;

/**
 * Builds the graph of a bundle's items with Lucene: neighbours are items whose gated rows have large inner products, the
 * likeness that users are compared with items by. (Distances do worse at equal effort: half the recall of a beam of 10.)
 */
final class GraphBuild implements RandomVectorScorerSupplier {
    /** Neighbours of a node; twice as many in the graph of all nodes. */
    private static final int DEGREE = 16;
    /** Candidates kept while the neighbours of a node are looked for. */
    private static final int BEAM = 100;
    private static final long SEED = 42;

    private final Scan scan;
    private final Block block;
    private final int nodes;
    private final Runnable check;

    /** @param check throws what ends the building */
    GraphBuild(Scan scan, Items.View view, Runnable check) {
        this.scan = scan;
        this.block = view.blocks().getFirst();
        this.nodes = view.base();
        this.check = check;
    }

    CompactGraph run(int threads) throws IOException {
        OnHeapHnswGraph growing = HnswGraphBuilder.create(this, DEGREE, BEAM, SEED, nodes).getGraph();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads,
                Thread.ofPlatform().daemon().name("padrec-index-", 1).factory())) {
            return new CompactGraph(new HnswConcurrentMergeBuilder(new TaskExecutor(executor), threads, this, DEGREE, BEAM,
                    growing, null).build(nodes));
        }
    }

    @Override
    public UpdateableRandomVectorScorer scorer() {
        return new Scorer();
    }

    @Override
    public RandomVectorScorerSupplier copy() {
        return this;
    }

    private final class Scorer implements UpdateableRandomVectorScorer {
        private final float[] query = new float[block.table().layout().stride()];

        @Override
        public void setScoringOrdinal(int node) {
            check.run();
            block.table().readWeighted(node + 1, block.table().gates(), query);
        }

        @Override
        public float score(int node) {
            return scan.score(block, query, node + 1);
        }

        @Override
        public float bulkScore(int[] others, float[] scores, int count) {
            return Graph.bulk(scan, block, query, others, scores, count);
        }

        @Override
        public int maxOrd() {
            return nodes;
        }
    }
}
