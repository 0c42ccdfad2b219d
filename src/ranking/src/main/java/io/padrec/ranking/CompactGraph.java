package io.padrec.ranking;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.hnsw.HnswGraph;

/**
 * A finished HNSW graph in plain arrays: what the builder keeps for each node (scores of neighbours, room for more, objects) is
 * two thirds of its memory, and nobody needs it any more.
 */
final class CompactGraph {
    /**
     * One level.
     *
     * @param nodes      its nodes, rising; null where it has all
     * @param offsets    where each node's neighbours begin in {@code neighbours}
     */
    private record Level(int[] nodes, int[] offsets, int[] neighbours) {
        static Level of(HnswGraph graph, int level) throws IOException {
            int[] nodes = level == 0 ? null : nodes(graph, level);
            int count = nodes == null ? graph.size() : nodes.length;
            int[] offsets = new int[count + 1];
            int[] neighbours = new int[count * 8];
            for (int n = 0; n < count; n++) {
                int end = offsets[n];
                graph.seek(level, nodes == null ? n : nodes[n]);
                for (int next = graph.nextNeighbor(); next != DocIdSetIterator.NO_MORE_DOCS; next = graph.nextNeighbor()) {
                    neighbours = end < neighbours.length ? neighbours : Arrays.copyOf(neighbours, end + end / 2 + 16);
                    neighbours[end++] = next;
                }
                offsets[n + 1] = end;
            }
            return new Level(nodes, offsets, Arrays.copyOf(neighbours, offsets[count]));
        }

        private static int[] nodes(HnswGraph graph, int level) throws IOException {
            HnswGraph.NodesIterator iterator = graph.getNodesOnLevel(level);
            int[] nodes = new int[iterator.size()];
            for (int i = 0; i < nodes.length; i++) {
                nodes[i] = iterator.nextInt();
            }
            Arrays.sort(nodes);
            return nodes;
        }

        int index(int node) {
            return nodes == null ? node : Arrays.binarySearch(nodes, node);
        }
    }

    private final Level[] levels;
    private final int size;
    private final int entry;
    private final int degree;

    CompactGraph(HnswGraph graph) throws IOException {
        this.size = graph.size();
        this.entry = graph.entryNode();
        this.degree = graph.maxConn();
        this.levels = new Level[graph.numLevels()];
        for (int level = 0; level < levels.length; level++) {
            levels[level] = Level.of(graph, level);
        }
    }

    int size() {
        return size;
    }

    /** The neighbours of a node in the graph of all nodes. */
    int[] neighbours(int node) {
        Level all = levels[0];
        return Arrays.copyOfRange(all.neighbours, all.offsets[node], all.offsets[node + 1]);
    }

    /** The graph as Lucene walks it; for one search at a time. */
    HnswGraph cursor() {
        return new Cursor();
    }

    private final class Cursor extends HnswGraph {
        private int[] neighbours;
        private int first;
        private int next;
        private int end;

        @Override
        public void seek(int level, int node) {
            Level at = levels[level];
            int index = at.index(node);
            neighbours = at.neighbours;
            first = at.offsets[index];
            next = first;
            end = at.offsets[index + 1];
        }

        @Override
        public int nextNeighbor() {
            return next < end ? neighbours[next++] : DocIdSetIterator.NO_MORE_DOCS;
        }

        @Override
        public int neighborCount() {
            return end - first;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public int numLevels() {
            return levels.length;
        }

        @Override
        public int maxConn() {
            return degree;
        }

        @Override
        public int entryNode() {
            return entry;
        }

        @Override
        public NodesIterator getNodesOnLevel(int level) {
            int[] nodes = levels[level].nodes;
            return nodes == null ? new DenseNodesIterator(size) : new ArrayNodesIterator(nodes, nodes.length);
        }
    }
}
