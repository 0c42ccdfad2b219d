package io.padrec.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Encodes histories and chooses for each search how items are gone through: all, those of a filter, or by the index. */
final class Searcher implements AutoCloseable {
    /** Going through a filter's items one by one costs more an item than going through all of them side by side. */
    private static final int SPARSE = 4;
    private static final int SPARSE_WITH_INDEX = 20;

    private final Model model;
    private final Supplier<Kernels> kernels;
    private final ItemIndex index;

    Searcher(Model model, Items.View view, Supplier<Kernels> kernels, RankerOptions options, Lifetime lifetime) {
        this.model = model;
        this.kernels = kernels;
        this.index = view.last() <= options.exactUpTo() ? null : new ItemIndex(this, view, options);
        if (index != null) {
            index.build(lifetime);
        }
    }

    IndexInfo index() {
        return index == null ? IndexInfo.NONE : index.info();
    }

    List<List<Recommendation>> recommend(List<Query> queries, Items.View view, Scratch scratch, Stages stages) {
        long began = System.nanoTime();
        Search[] searches = queries.stream().map(query -> query.history().length == 0 ? null
                : Search.of(encode(query.history(), view, scratch), query, view.last())).toArray(Search[]::new);
        long encoded = System.nanoTime();
        Scan scan = scan(view);
        Search[] open = Arrays.stream(searches).filter(search -> search != null && !isDone(search, view, scan, scratch))
                .toArray(Search[]::new);
        scan.run(open, scratch);
        long scored = System.nanoTime();
        List<List<Recommendation>> answers = new ArrayList<>(searches.length);
        for (Search search : searches) {
            answers.add(search == null ? List.of() : answer(search, scan, scratch));
        }
        stages.took(encoded - began, scored - encoded, System.nanoTime() - scored);
        return answers;
    }

    List<Recommendation> popular(Query query, Items.View view) {
        int[] frequencies = model.frequencies();
        Search search = Search.of(new float[0], query, view.last());
        Block bundle = view.blocks().getFirst();
        for (int item = 1; item < frequencies.length; item++) {
            if (frequencies[item] > 0 && search.best().wouldTakeNext(frequencies[item]) && search.mayFind(bundle, item)) {
                search.offer(item, frequencies[item]);
            }
        }
        Recommendation[] ranked = new Recommendation[search.best().size()];
        for (int i = ranked.length - 1; i >= 0; i--) {
            float frequency = search.best().worstScore();
            ranked[i] = new Recommendation(search.best().takeWorst(), frequency, new float[0]);
        }
        return List.of(ranked);
    }

    /** Whether a shorter way than going through all items has answered the search. */
    private boolean isDone(Search search, Items.View view, Scan scan, Scratch scratch) {
        Graph graph = index == null ? null : index.graph();
        int sparse = view.last() / (graph == null ? SPARSE : SPARSE_WITH_INDEX);
        if (search.within() != null && search.within().size() <= sparse) {
            scan.runWithin(search, scratch);
            return true;
        }
        return graph != null && graph.search(search, view, scan, scratch);
    }

    Scratch scratch() {
        return new Scratch(model.size());
    }

    Scan scan(Items.View view) {
        return new Scan(kernels.get(), view, true);
    }

    /** The experts' vectors of a user side by side, [ΣD], each weighted by what the gate makes of the history. */
    float[] encode(int[] history, Items.View view, Scratch scratch) {
        Layout layout = model.table().layout();
        float[] user = new float[layout.stride()];
        if (history.length == 0) {
            return user;
        }
        for (int k = 0; k < layout.experts(); k++) {
            model.encoders().get(k).encode(kernels.get(), view, k, history, scratch, user, layout.starts()[k]);
        }
        if (model.historyGate() != null) {
            model.historyGate().weigh(history[history.length - 1], layout, user);
        }
        return user;
    }

    float[] scores(int[] history, Items.View view, Scratch scratch) {
        return scan(view).scores(encode(history, view, scratch), scratch);
    }

    List<Recommendation> similar(int item, Query query, Items.View view, Scratch scratch) {
        float[] vector = unit(item, view);
        if (isZero(vector)) {
            return List.of();
        }
        int[] masked = Arrays.copyOf(query.excluded(), query.excluded().length + 1);
        masked[masked.length - 1] = item;
        Search search = new Search(vector, Math.min(query.k(), view.last()), masked, query.within(), query.without(),
                query.minScore());
        Scan scan = new Scan(kernels.get(), view, false);
        scan.run(new Search[] {search}, scratch);
        return answer(search, scan, scratch);
    }

    List<Reason> reasons(int item, int[] history, int most, Items.View view, Scratch scratch) {
        float[] vector = unit(item, view);
        Scan scan = new Scan(kernels.get(), view, false);
        return Arrays.stream(history).distinct()
                .mapToObj(seen -> new Reason(seen, scan.score(view.of(seen), vector, seen)))
                .sorted(Comparator.comparingDouble((Reason reason) -> -reason.likeness()).thenComparingInt(Reason::item))
                .limit(most).toList();
    }

    private static float[] unit(int item, Items.View view) {
        Block block = view.of(item);
        float[] vector = new float[block.table().layout().stride()];
        block.table().readWeighted(item - block.first(), block.table().units(), vector);
        return vector;
    }

    private static boolean isZero(float[] vector) {
        for (float number : vector) {
            if (number != 0) {
                return false;
            }
        }
        return true;
    }

    private static List<Recommendation> answer(Search search, Scan scan, Scratch scratch) {
        TopItems best = search.best();
        Recommendation[] ranked = new Recommendation[best.size()];
        for (int i = ranked.length - 1; i >= 0; i--) {
            float score = best.worstScore();
            int item = best.takeWorst();
            ranked[i] = new Recommendation(item, score, scan.shares(search.query(), item, scratch));
        }
        return List.of(ranked);
    }

    @Override
    public void close() {
        if (index != null) {
            index.close();
        }
    }
}
