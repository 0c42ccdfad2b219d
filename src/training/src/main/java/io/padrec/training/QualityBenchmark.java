package io.padrec.training;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Bundle;
import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import io.padrec.core.Snapshot;
import io.padrec.training.Variant.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long PAD takes by the recipe {@code best} to be as good as it gets by the recipe {@code paper}: all three phases, first with
 * one epoch a phase, then with two, and so on until validation nDCG@10 is the paper's; then both are tested. Row-only parts (the
 * text tower of phase 1) are left out of both.
 *
 * <p>{@code QualityBenchmark SNAPSHOT_FILE THREADS ROUNDS} prints one JSON object (it goes one round, whatever the third says);
 * {@code scripts/bench quality} calls it.
 */
public final class QualityBenchmark {
    private static final long SEED = 1;
    private static final int MOST_EPOCHS = 12;

    private final Snapshot snapshot;
    private final String hash;
    private final Settings settings;

    private QualityBenchmark(Snapshot snapshot, String hash, Settings settings) {
        this.snapshot = snapshot;
        this.hash = hash;
        this.settings = settings;
    }

    private record Trained(Bundle bundle, double seconds, double validation) {
    }

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]).toAbsolutePath();
        String hash = Snapshot.hash(file);
        Settings settings = new Settings("cpu", Integer.parseInt(arguments[1]));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("threads", settings.threads());
        new QualityBenchmark(Snapshot.read(file.getParent(), hash), hash, settings).measure(figures);
        System.out.print(Json.pretty(figures));
    }

    private void measure(Map<String, Object> figures) throws IOException {
        Trained paper = train(Recipe.paper());
        int epochs = 1;
        Trained best = train(Recipe.best().withEpochs(epochs));
        while (best.validation < paper.validation) {
            if (epochs == MOST_EPOCHS) {
                throw new PadrecException("recipe best does not reach the paper's nDCG@10 in " + MOST_EPOCHS + " epochs a phase");
            }
            best = train(Recipe.best().withEpochs(++epochs));
        }
        put(figures, "paper", paper);
        put(figures, "best", best);
        figures.put("best, epochs a phase", epochs);
        figures.put("best, share of the paper's seconds", best.seconds / paper.seconds);
    }

    private void put(Map<String, Object> figures, String recipe, Trained trained) {
        figures.put(recipe + ", seconds", trained.seconds);
        figures.put(recipe + ", validation nDCG@10", trained.validation);
        try (Evaluator evaluator = Evaluator.open(snapshot, hash, settings)) {
            figures.put(recipe + ", test nDCG@10", evaluator.ranks(trained.bundle, Measured.PAD).ndcg(10));
        }
    }

    private Trained train(Recipe named) throws IOException {
        Recipe recipe = named.with("text", Recipe.NOTHING);
        Path checkpoints = Files.createTempDirectory("padrec-benchmark");
        long start = System.nanoTime();
        Progress progress = step -> System.err.printf("%s %s %d: validation nDCG@10 %.2f %%%n", recipe.name(), step.part(), step.epoch(),
                100 * step.ndcg10());
        try (Training training = Training.open(snapshot, hash, recipe, SEED, settings, checkpoints)) {
            Bundle pretrained = training.pretrain(progress);
            Bundle aligned = training.align(pretrained, progress);
            Bundle pad = training.finetune(pretrained, aligned, progress);
            Map<?, ?> metrics = (Map<?, ?>) ((Map<?, ?>) pad.manifest().get("metrics")).get("PAD");
            return new Trained(pad, (System.nanoTime() - start) / 1e9, (Double) metrics.get("validation ndcg@10"));
        } finally {
            AtomicFiles.deleteAll(checkpoints);
        }
    }
}
