package io.padrec.training;

import ai.djl.ndarray.NDManager;
import io.padrec.core.Bundle;
import io.padrec.core.FrequencyBins;
import io.padrec.core.LeaveOneOut;
import io.padrec.core.PadrecException;
import io.padrec.core.Snapshot;
import io.padrec.core.Split;
import io.padrec.core.Split.Stage;
import io.padrec.training.Recipe.AlignmentKind;
import io.padrec.training.Recipe.Finetuning;
import io.padrec.training.Recipe.IdExpert;
import io.padrec.training.Recipe.Schedule;
import io.padrec.training.Recipe.TextExpert;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The three phases of PAD over one snapshot. A phase's bundle is a function of (snapshot, recipe, seed) for one device and
 * thread count. A phase that was cut off goes on from its last checkpoint. One training runs in a JVM at a time, in
 * the thread that opened it.
 */
public final class Training implements AutoCloseable {
    private final Snapshot snapshot;
    private final Recipe recipe;
    private final long seed;
    private final Path checkpoints;
    private final NDManager manager;
    private final Split split;
    private final FrequencyBins bins;
    private final Sampler sampler;
    private final Towers towers;
    private final Bundles bundles;
    private final int[] candidates;

    private Training(Snapshot snapshot, String hash, Recipe recipe, long seed, NDManager manager, Path checkpoints) {
        this.snapshot = snapshot;
        this.recipe = recipe;
        this.seed = seed;
        this.checkpoints = checkpoints;
        this.split = snapshot.split();
        this.bins = snapshot.bins(recipe.bins());
        this.candidates = candidates(recipe, snapshot.items(), bins);
        this.sampler = new Sampler(split, candidates, recipe.length());
        if (sampler.users().length == 0
                || Arrays.stream(Stage.values()).anyMatch(stage -> split.evaluatedUsers(stage).length == 0)) {
            throw new PadrecException("the snapshot has no user with three or more items" + (split instanceof LeaveOneOut ? ""
                    : ", or none with items on both sides of a cut") + ", so there is nothing to train and to validate on; import "
                    + "more interactions");
        }
        this.manager = manager;
        TextFeatures text = TextFeatures.of(manager, snapshot, recipe);
        this.towers = new Towers(recipe, snapshot.items(), bins, text, manager);
        this.bundles = new Bundles(snapshot, hash, recipe, seed, bins, text);
    }

    /** What the loss compares targets with. */
    static int[] candidates(Recipe recipe, int items, FrequencyBins bins) {
        return IntStream.rangeClosed(1, items).filter(i -> !recipe.unseenOut() || bins.frequency(i) > 0).toArray();
    }

    /**
     * Prepares training.
     *
     * @param hash        the snapshot's hash, its name in bundles
     * @param checkpoints folder for the checkpoints of this snapshot, recipe and seed alone
     * @throws PadrecException where the device is not there, or nobody has enough items to train on
     */
    public static Training open(Snapshot snapshot, String hash, Recipe recipe, long seed, Settings settings,
            Path checkpoints) {
        NDManager manager = PyTorch.open(settings);
        try {
            return new Training(snapshot, hash, recipe, seed, manager, checkpoints);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /**
     * Phase 1 (PAD, section 2): the sequential recommender on ids alone. Beside it the same recommender on projected text
     * alone, which is a row of every report and no part of the model.
     */
    public Bundle pretrain(Progress progress) {
        Parameters parameters = new Parameters(manager, seed);
        Map<String, Loop.Result> results = new LinkedHashMap<>();
        for (Expert expert : List.of(towers.id(), towers.text())) {
            Parameters own = new Parameters(manager, seed);
            expert.create(own);
            Schedule schedule = expert.name().equals(Towers.ID) ? recipe.pretrain() : recipe.text();
            results.put(expert.name(), train(expert.name(), alone(expert, own), schedule, AlignmentKind.NONE, 0, progress));
            parameters.takeAll(own);
        }
        return bundles.of("pretrain", together(List.of(towers.id(), towers.text()), parameters, new Gate.Open(bins.count(), 2)),
                results);
    }

    /**
     * Phase 2 (PAD, section 3): the aligned expert, trained on recommendation and alignment, or on alignment alone.
     *
     * @param pretrained phase 1's bundle; where the recipe starts warm, ids and encoder start as copies of its
     */
    public Bundle align(Bundle pretrained, Progress progress) {
        bundles.check(pretrained);
        Expert aligned = towers.aligned();
        Parameters parameters = new Parameters(manager, seed);
        aligned.create(parameters);
        if (recipe.warmStart()) {
            parameters.copy(pretrained.tensors(), Towers.ID + ".", aligned.prefix());
        }
        String ids = aligned.prefix() + "ids";
        parameters.freeze(name -> name.equals(ids) && recipe.frozenIds()
                // Alignment reaches ids and projection alone; weight decay is not to change what nothing trains.
                || !recipe.anchored() && !name.equals(ids) && !name.startsWith(aligned.prefix() + "projection."));
        Recommender recommender = alone(aligned, parameters);
        Loop.Result result = train(aligned.name(), recommender, recipe.align(), recipe.alignment(), recipe.adjustment(),
                progress);
        return bundles.of("align", recommender, Map.of(aligned.name(), result));
    }

    /** Phase 3 (PAD, section 4): the experts and their gate. */
    public Bundle finetune(Bundle pretrained, Bundle aligned, Progress progress) {
        bundles.check(pretrained);
        bundles.check(aligned);
        List<Expert> experts = towers.together();
        Parameters parameters = started(experts, pretrained, aligned);
        return recipe.finetuning() == Finetuning.JOINT ? joint(experts, parameters, progress)
                : frozen(experts, parameters, progress);
    }

    private Bundle joint(List<Expert> experts, Parameters parameters, Progress progress) {
        Gate.SigmoidShare gate = new Gate.SigmoidShare(bins.count(), experts.stream().map(Expert::name).toList());
        gate.create(parameters);
        Recommender recommender = together(experts, parameters, gate);
        return bundles.of("finetune", recommender,
                Map.of("PAD", train("PAD", recommender, recipe.finetune(), AlignmentKind.NONE, 0, progress)));
    }

    private Bundle frozen(List<Expert> experts, Parameters parameters, Progress progress) {
        GateSearch search = new GateSearch(together(experts, parameters, new Gate.Open(bins.count(), experts.size())), split, bins,
                snapshot.items(), recipe.finetuning() == Finetuning.FROZEN_WITH_HISTORY);
        Curve curve = new Curve();
        Gate gate = search.run((round, ndcg10) -> {
            curve.add(round, Double.NaN, Double.NaN, ndcg10);
            progress.step(new Progress.Step("PAD", round, GateSearch.rounds(), Double.NaN, Double.NaN, ndcg10, Double.NaN));
        });
        Recommender recommender = together(experts, parameters, gate);
        return bundles.of("finetune", recommender, Map.of("PAD", new Loop.Result(validate(recommender), curve)));
    }

    /** The experts' weights: as their phases left them, or fresh. */
    private Parameters started(List<Expert> experts, Bundle pretrained, Bundle aligned) {
        Parameters parameters = new Parameters(manager, seed);
        experts.forEach(expert -> expert.create(parameters));
        if (recipe.experts().id() == IdExpert.ALIGNED) {
            parameters.copy(aligned.tensors(), Towers.ALIGNED + ".", Towers.ID + ".");
        } else {
            parameters.copy(pretrained.tensors(), Towers.ID + ".", Towers.ID + ".");
        }
        parameters.copy(aligned.tensors(), Towers.ALIGNED + ".", Towers.ALIGNED + ".");
        if (recipe.experts().text() == TextExpert.PRETRAINED) {
            parameters.copy(pretrained.tensors(), Towers.TEXT + ".", Towers.TEXT + ".");
        }
        return parameters;
    }

    private Loop.Result train(String part, Recommender recommender, Schedule schedule, AlignmentKind alignment,
            float adjustment, Progress progress) {
        Loss loss = Loss.of(recipe.loss(), sampler, snapshot.items(), adjustment, manager);
        SequenceObjective objective = new SequenceObjective(recommender, sampler, loss, alignment, recipe.lambda(),
                snapshot.items(), recipe, candidates);
        Loop loop = new Loop(part, recommender.parameters(), schedule, seed, checkpoints, progress);
        return loop.run(sampler.users(), objective, () -> validate(recommender),
                alignment != AlignmentKind.NONE && !recipe.anchored());
    }

    private Loop.Score validate(Recommender recommender) {
        var ranks = recommender.evaluate(split, Stage.VALIDATION);
        return new Loop.Score(ranks.hitRate(10), ranks.ndcg(10));
    }

    private Recommender alone(Expert expert, Parameters parameters) {
        return together(List.of(expert), parameters, new Gate.Open(bins.count(), 1));
    }

    private Recommender together(List<Expert> experts, Parameters parameters, Gate gate) {
        return new Recommender(experts, parameters, gate, bins.ofItems(), recipe.length());
    }

    @Override
    public void close() {
        manager.close();
    }
}
