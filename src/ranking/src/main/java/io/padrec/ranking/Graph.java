package io.padrec.ranking;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.hnsw.HnswGraphSearcher;
import org.apache.lucene.util.hnsw.RandomVectorScorer;

/**
 * The approximate index of the bundle's items: a graph whose neighbours have large inner products with each other (HNSW, Malkov
 * and Yashunin, 2018), searched by Lucene, while scores are those of the exact scan. Node n is item n + 1.
 */
final class Graph {
    private static final int WIDEST = 4096;

    private final CompactGraph nodes;
    private final int beam;

    /** @param beam candidates that a search keeps */
    Graph(CompactGraph nodes, int beam) {
        this.nodes = nodes;
        this.beam = beam;
    }

    /** The most candidates that are worth their while: with more of them going through all items is as fast. */
    static int widest(CompactGraph nodes) {
        return Math.min(WIDEST, nodes.size() / 8);
    }

    /**
     * Finds what the search looks for, later items included.
     *
     * @return false, and nothing found, where too many candidates are needed or too few came past the search's filters
     */
    boolean search(Search search, Items.View view, Scan scan, Scratch scratch) {
        // What is masked are good answers, mostly: they stand where the search ends.
        int candidates = Math.max(beam, 2 * search.k()) + search.masked();
        if (candidates > widest(nodes)) {
            return false;
        }
        ScoreDoc[] found = search(search, candidates, view, scan);
        if (found.length < Math.min(search.k(), nodes.size() - search.masked())) {
            return false;
        }
        for (ScoreDoc node : found) {
            search.offer(node.doc + 1, node.score);
        }
        scan.runLater(search, scratch);
        return true;
    }

    private ScoreDoc[] search(Search search, int candidates, Items.View view, Scan scan) {
        Block block = view.blocks().getFirst();
        TopKnnCollector collector = new TopKnnCollector(candidates, Integer.MAX_VALUE);
        try {
            HnswGraphSearcher.search(new Scorer(scan, block, search.query(), nodes.size()), collector, nodes.cursor(),
                    new Findable(search, block, nodes.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return collector.topDocs().scoreDocs;
    }

    private record Findable(Search search, Block block, int length) implements Bits {
        @Override
        public boolean get(int node) {
            return search.mayFind(block, node + 1);
        }
    }

    /** Scores of nodes for a query. */
    private record Scorer(Scan scan, Block block, float[] query, int maxOrd) implements RandomVectorScorer {
        @Override
        public float score(int node) {
            return scan.score(block, query, node + 1);
        }

        @Override
        public float bulkScore(int[] nodes, float[] scores, int count) {
            return bulk(scan, block, query, nodes, scores, count);
        }
    }

    /** Scores nodes four at a time. */
    static float bulk(Scan scan, Block block, float[] query, int[] nodes, float[] scores, int count) {
        scan.score(block, query, nodes, 1, count, scores);
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, scores[i]);
        }
        return largest;
    }
}
