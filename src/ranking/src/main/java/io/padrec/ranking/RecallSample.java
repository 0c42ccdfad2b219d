package io.padrec.ranking;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Made-up users and their exact ten best items, to measure an approximate search by. A bundle holds no histories, so a user is a
 * walk from a random item to one that is like it, and so on: histories have a topic, and so do these.
 */
final class RecallSample {
    private static final int USERS = 100;
    private static final int LENGTH = 10;
    private static final int BEST = 10;
    private static final long SEED = 42;

    private final Items.View view;
    private final Scan scan;
    private final Scratch scratch;
    private final float[][] users;
    private final List<Set<Integer>> best;

    private RecallSample(Items.View view, Scan scan, Scratch scratch, float[][] users) {
        this.view = view;
        this.scan = scan;
        this.scratch = scratch;
        this.users = users;
        Search[] exact = Arrays.stream(users).map(RecallSample::search).toArray(Search[]::new);
        scan.run(exact, scratch);
        this.best = Arrays.stream(exact).map(RecallSample::found).toList();
    }

    static RecallSample of(Searcher searcher, Items.View view, CompactGraph nodes) {
        SplittableRandom random = new SplittableRandom(SEED);
        Scratch scratch = searcher.scratch();
        float[][] users = new float[USERS][];
        for (int u = 0; u < USERS; u++) {
            users[u] = searcher.encode(walk(nodes, random), view, scratch);
        }
        return new RecallSample(view, searcher.scan(view), scratch, users);
    }

    private static int[] walk(CompactGraph nodes, SplittableRandom random) {
        int[] history = new int[LENGTH];
        int node = random.nextInt(nodes.size());
        for (int i = 0; i < LENGTH; i++) {
            history[i] = node + 1;
            int[] neighbours = nodes.neighbours(node);
            node = neighbours.length == 0 ? random.nextInt(nodes.size()) : neighbours[random.nextInt(neighbours.length)];
        }
        return history;
    }

    /** The share of the exact answers that the graph's hold. */
    double recall(Graph graph) {
        int held = 0;
        int all = 0;
        for (int u = 0; u < USERS; u++) {
            Search search = search(users[u]);
            graph.search(search, view, scan, scratch);
            Set<Integer> found = found(search);
            found.retainAll(best.get(u));
            held += found.size();
            all += best.get(u).size();
        }
        return (double) held / all;
    }

    private static Search search(float[] user) {
        return new Search(user, BEST, new int[0], null, null, Float.NEGATIVE_INFINITY);
    }

    private static Set<Integer> found(Search search) {
        Set<Integer> items = new HashSet<>();
        while (search.best().size() > 0) {
            items.add(search.best().takeWorst());
        }
        return items;
    }
}
