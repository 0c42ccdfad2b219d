package io.padrec.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.padrec.core.AtomicFiles;
import io.padrec.core.FrequencyBins;
import io.padrec.core.Json;
import io.padrec.core.Snapshot;
import io.padrec.core.Split;
import io.padrec.training.Recipe.AlignmentKind;
import io.padrec.training.Recipe.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Training speed on a snapshot, as ratios within one run: an epoch packed against the same loop unpacked, and the share of
 * MK-MMD in an epoch of phase 2. Rivals take turns, so that a busy machine slows both; medians of the rounds after
 * one that warms up.
 *
 * <p>{@code TrainingBenchmark SNAPSHOT_FILE THREADS ROUNDS} prints one JSON object; {@code scripts/bench train} calls it.
 */
public final class TrainingBenchmark {
    private final Snapshot snapshot;
    private final Split split;
    private final FrequencyBins bins;
    private final NDManager manager = NDManager.newBaseManager();

    private TrainingBenchmark(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.split = snapshot.split();
        this.bins = snapshot.bins();
    }

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]).toAbsolutePath();
        String hash = Snapshot.hash(file);
        int threads = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        Engine.getInstance();
        JniUtils.setNumThreads(threads);
        TrainingBenchmark benchmark = new TrainingBenchmark(Snapshot.read(file.getParent(), hash));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("threads", threads);
        figures.put("rounds", rounds);
        for (Recipe recipe : List.of(Recipe.best(), Recipe.paper())) {
            benchmark.measure(recipe, rounds, figures);
        }
        System.out.print(Json.pretty(figures));
    }

    private void measure(Recipe recipe, int rounds, Map<String, Object> figures) throws IOException {
        String prefix = recipe.name() + " (" + recipe.toMap().get("loss") + ") ";
        double[] packed = new double[rounds + 1];
        double[] unpacked = new double[rounds + 1];
        double[] alone = new double[rounds + 1];
        double[] withMmd = new double[rounds + 1];
        for (int round = 0; round <= rounds; round++) {
            packed[round] = epoch(recipe, Towers::id, AlignmentKind.NONE);
            unpacked[round] = epoch(recipe.with("packed", false), Towers::id, AlignmentKind.NONE);
            alone[round] = epoch(recipe, Towers::aligned, AlignmentKind.NONE);
            withMmd[round] = epoch(recipe, Towers::aligned, AlignmentKind.MMD_GAUSSIAN_MULTI);
        }
        figures.put(prefix + "SASRec epoch packed, seconds", median(packed));
        figures.put(prefix + "SASRec epoch unpacked, seconds", median(unpacked));
        figures.put(prefix + "packed speed-up", median(unpacked) / median(packed));
        figures.put(prefix + "align epoch, seconds", median(withMmd));
        figures.put(prefix + "MK-MMD share of an align step", 1 - median(alone) / median(withMmd));
    }

    private static double median(double[] seconds) {
        double[] warm = Arrays.copyOfRange(seconds, 1, seconds.length);
        Arrays.sort(warm);
        return warm[warm.length / 2];
    }

    private double epoch(Recipe recipe, java.util.function.Function<Towers, Expert> tower, AlignmentKind alignment)
            throws IOException {
        Path checkpoints = Files.createTempDirectory("padrec-benchmark");
        try (NDManager own = manager.newSubManager()) {
            TextFeatures text = TextFeatures.of(own, snapshot, recipe);
            Expert expert = tower.apply(new Towers(recipe, snapshot.items(), bins, text, own));
            Parameters parameters = new Parameters(own, 1);
            expert.create(parameters);
            Recommender recommender = new Recommender(List.of(expert), parameters, new Gate.Open(bins.count(), 1), bins.ofItems(),
                    recipe.length());
            int[] candidates = Training.candidates(recipe, snapshot.items(), bins);
            Sampler sampler = new Sampler(split, candidates, recipe.length());
            Loss loss = Loss.of(recipe.loss(), sampler, snapshot.items(), 0, own);
            SequenceObjective objective = new SequenceObjective(recommender, sampler, loss, alignment, recipe.lambda(),
                    snapshot.items(), recipe, candidates);
            Schedule s = recipe.align();
            Schedule once = new Schedule(1, 0, 1, s.learningRate(), s.cosine(), s.weightDecay(), s.dropout(), s.batch());
            double[] seconds = new double[1];
            Loop loop = new Loop(expert.name(), parameters, once, 1, checkpoints, step -> {
            });
            long start = System.nanoTime();
            loop.run(sampler.users(), objective, () -> {
                seconds[0] = (System.nanoTime() - start) / 1e9;
                return new Loop.Score(0, 0);
            }, false);
            return seconds[0];
        } finally {
            AtomicFiles.deleteAll(checkpoints);
        }
    }
}
