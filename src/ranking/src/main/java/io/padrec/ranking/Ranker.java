package io.padrec.ranking;

import io.padrec.core.Bundle;
import io.padrec.core.Catalogue;
import io.padrec.core.PadrecException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A fine-tuned model in memory: a history to the items to recommend. Safe to use from many threads. Its vectors lie outside the
 * heap until it is closed; a request that is under way by then is still answered, and the last of them frees the memory.
 */
public final class Ranker implements AutoCloseable {
    private final Model model;
    private final Items items;
    private final Supplier<Kernels> kernels;
    private final Scratches scratches;
    private final Lifetime lifetime;
    private final Searcher searcher;

    private Ranker(String name, RankerOptions options, Supplier<Kernels> kernels, Function<ModelReader, Model> reading) {
        Arena arena = Arena.ofShared();
        try {
            this.model = reading.apply(new ModelReader(name, options.precision(), arena));
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
        this.kernels = kernels;
        this.lifetime = new Lifetime(arena::close);
        this.items = new Items(model.catalogue(), model.table(), options.precision(), arena);
        this.scratches = new Scratches(model.size());
        this.searcher = new Searcher(model, items.view(), kernels, options, lifetime);
    }

    /**
     * Reads the bundle of phase finetune in {@code folder}. Its bytes are read once: checked against the manifest's hash, and
     * copied, so that what is served is what was checked, whatever happens to the file later.
     *
     * @throws PadrecException where it is missing, damaged, of another phase, or lacks something that serving needs
     */
    public static Ranker load(Path folder) {
        return load(folder, RankerOptions.DEFAULT);
    }

    /** @throws PadrecException as {@link #load(Path)} */
    public static Ranker load(Path folder, RankerOptions options) {
        return new Ranker(folder.toString(), options, FastestKernels.INSTANCE, reader -> reader.read(folder));
    }

    /**
     * @param name what messages call the bundle
     * @throws PadrecException as {@link #load(Path)}
     */
    public static Ranker of(Bundle bundle, String name) {
        return of(bundle, name, RankerOptions.DEFAULT);
    }

    /** @throws PadrecException as {@link #load(Path)} */
    public static Ranker of(Bundle bundle, String name, RankerOptions options) {
        return of(bundle, name, options, FastestKernels.INSTANCE);
    }

    static Ranker of(Bundle bundle, String name, RankerOptions options, Supplier<Kernels> kernels) {
        return new Ranker(name, options, kernels, reader -> reader.read(bundle));
    }

    /** What the bundle's manifest says of the model: dataset, snapshot, recipe, seed, metrics. */
    public Map<String, Object> manifest() {
        return model.manifest();
    }

    /** The bundle's items; later ones are not among them. */
    public Catalogue catalogue() {
        return model.catalogue();
    }

    /** The experts' names, in the order of {@link Recommendation#shares()}. */
    public List<String> experts() {
        return model.experts();
    }

    /** What computes now: {@code vector-512}, .., or {@code scalar} where the JVM runs without {@code jdk.incubator.vector}. */
    public String kernels() {
        return kernels.get().name();
    }

    /** The highest item number: the bundle's items and those that came later. */
    public int items() {
        return items.view().last();
    }

    /** The number of the item with that id, later items included, or 0. */
    public int number(String id) {
        return items.number(id);
    }

    /** The id of an item, later items included. */
    public String id(int item) {
        return items.id(item);
    }

    /** The title of an item, later items included. */
    public String title(int item) {
        return items.title(item);
    }

    /**
     * The best {@code k} items for a history, best first; equal scores by rising item number. Items of the history are left
     * out, all of them, though the encoders see the newest alone.
     *
     * @param history item numbers, oldest first; duplicates allowed
     * @param k       at least 1; with fewer items to recommend the list is shorter
     * @return empty where the history is: nothing is known, so nothing is ranked
     * @throws IllegalArgumentException where k or an item number is out of range
     * @throws IllegalStateException    where the ranker is closed
     */
    public List<Recommendation> recommend(int[] history, int k) {
        return recommend(Query.of(history, k));
    }

    /**
     * {@link #recommend(int[], int)} with all that a query can ask.
     *
     * @throws IllegalArgumentException where k or an item number of the history is out of range
     */
    public List<Recommendation> recommend(Query query) {
        return recommend(List.of(query)).getFirst();
    }

    /**
     * Answers several queries together: items are gone through once for all of them, which costs less than once for each.
     *
     * @return an answer for each query, in their order
     * @throws IllegalArgumentException as {@link #recommend(Query)}
     */
    public List<List<Recommendation>> recommend(List<Query> queries) {
        return recommend(queries, Stages.UNTOLD);
    }

    /**
     * {@link #recommend(List)}, and tells how long it took.
     *
     * @throws IllegalArgumentException as {@link #recommend(Query)}
     */
    public List<List<Recommendation>> recommend(List<Query> queries, Stages stages) {
        return using((view, scratch) -> {
            for (Query query : queries) {
                checkItems(query.history(), view);
                checkK(query.k());
            }
            return searcher.recommend(queries, view, scratch, stages);
        });
    }

    /**
     * The scores of all items for a history, none left out, [items + 1]; index 0 (padding) is 0. For evaluation.
     *
     * @param history item numbers 1..N, oldest first; all scores are 0 where it is empty
     */
    public float[] scores(int[] history) {
        return using((view, scratch) -> {
            checkItems(history, view);
            return searcher.scores(history, view, scratch);
        });
    }

    /**
     * The {@code k} items most alike to {@code item}, best first, without itself. Likeness is the cosine of the experts' item
     * vectors side by side, each expert's scaled to the same length first; so every expert has the same say, the score lies in
     * [-1, 1], and an item never seen in training (no id vector) is still found by its text. The gated rows would not do: their
     * scale is that of one side of a product with a user's vector, not a measure of how much an expert knows of two items.
     *
     * @return empty where no expert has a vector of the item
     * @throws IllegalArgumentException where k or the item number is out of range
     */
    public List<Recommendation> similar(int item, int k) {
        return similar(item, Query.of(new int[0], k));
    }

    /**
     * {@link #similar(int, int)} with a query's filters.
     *
     * @param query what may be found, and how much of it; its history is not looked at
     */
    public List<Recommendation> similar(int item, Query query) {
        return using((view, scratch) -> {
            checkItems(new int[] {item}, view);
            checkK(query.k());
            return searcher.similar(item, query, view, scratch);
        });
    }

    /** Whether the bundle says how often each item was bought, which {@link #popular} goes by. */
    public boolean knowsPopularity() {
        return model.frequencies() != null;
    }

    /**
     * The items that occur most often in the training data, the most frequent first; equal ones by rising item number. What can
     * be recommended to somebody of whom nothing is known.
     *
     * @param query what may be found, and how much of it; items of its history are left out like those of any query
     * @return scored by their frequency, without shares; empty where the bundle does not know it. Items that never occur are not
     *         among them
     * @throws IllegalArgumentException where k is out of range
     */
    public List<Recommendation> popular(Query query) {
        return using((view, scratch) -> {
            checkK(query.k());
            return model.frequencies() == null ? List.of() : searcher.popular(query, view);
        });
    }

    /**
     * The {@code most} items of a history that are most like {@code item}: why it was recommended.
     *
     * @param history item numbers; one that stands in it twice is named once
     * @return the likest first
     */
    public List<Reason> reasons(int item, int[] history, int most) {
        return using((view, scratch) -> {
            checkItems(new int[] {item}, view);
            checkItems(history, view);
            return searcher.reasons(item, history, most, view, scratch);
        });
    }

    /**
     * Puts an item in that came after training, to be ranked from the next request on: by its text alone, in the coldest bin. An
     * item that is there already is brought back if it was removed; one of the bundle keeps what was trained, a later one whose
     * text has changed gets a new number.
     *
     * @param text vector of the text encoder that the model was trained with; all zero for an item without text
     * @return its item number
     * @throws PadrecException          where the bundle does not hold what makes an item's vectors of its text
     * @throws IllegalArgumentException where the text vector has the wrong width, or is not finite
     */
    public int add(String id, String title, float[] text) {
        return using((view, scratch) -> items.add(id, title, model.newItems().vectors(text), model.gate(), model.coldestBin()));
    }

    /**
     * Takes an item out of all answers from the next request on. In a history it still counts, and {@link #add} brings it back.
     *
     * @return whether it was there
     */
    public boolean remove(String id) {
        return using((view, scratch) -> items.remove(id));
    }

    /**
     * Brings an item back that was removed, as it was.
     *
     * @return whether it was there, and removed
     */
    public boolean restore(String id) {
        return using((view, scratch) -> items.restore(id));
    }

    /** Whether an item was removed. */
    public boolean isRemoved(int item) {
        return items.view().isRemoved(item);
    }

    /** How items are searched at present. */
    public IndexInfo index() {
        return searcher.index();
    }

    /**
     * Keeps the ranker answering until {@link #release}, even if it is closed meanwhile, for whoever makes several calls that
     * must see the same model.
     *
     * @return false where it is closed already
     */
    public boolean retain() {
        return lifetime.retain();
    }

    public void release() {
        lifetime.leave();
    }

    /** Frees the item vectors when the last request under way is answered, and nobody retains the ranker any more. */
    @Override
    public void close() {
        searcher.close();
        lifetime.end();
    }

    private <T> T using(BiFunction<Items.View, Scratch, T> request) {
        if (!lifetime.enter()) {
            throw new IllegalStateException("the ranker is closed");
        }
        Scratch scratch = scratches.take();
        try {
            return request.apply(items.view(), scratch);
        } finally {
            scratches.giveBack(scratch);
            lifetime.leave();
        }
    }

    private static void checkItems(int[] numbers, Items.View view) {
        for (int item : numbers) {
            if (item < 1 || item > view.last()) {
                throw new IllegalArgumentException("item number " + item + " is not in 1.." + view.last());
            }
        }
    }

    private static void checkK(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k is " + k + ", but must be at least 1");
        }
    }
}
