package io.padrec.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Bundle;
import io.padrec.core.Catalogue;
import io.padrec.core.Histories;
import io.padrec.core.PadrecException;
import io.padrec.core.Snapshot;
import io.padrec.core.Tensor;
import io.padrec.training.Recipe.BackboneKind;
import io.padrec.training.testing.TinySnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingTest {
    private static final Settings SETTINGS = new Settings("cpu", 2);
    private static final String HASH = "f00d";
    private static final Progress SILENT = step -> {
    };

    @TempDir
    Path folder;

    private final Snapshot snapshot = TinySnapshot.of(400, 5);

    /** What the three phases left. */
    private record Run(Bundle pretrained, Bundle aligned, Bundle finetuned, Map<String, Double> hr10) {
    }

    private Run run(Recipe recipe, long seed, String checkpoints, Progress progress) {
        try (Training training = open(snapshot, recipe, seed, checkpoints)) {
            Bundle pretrained = training.pretrain(progress);
            Bundle aligned = training.align(pretrained, progress);
            Bundle finetuned = training.finetune(pretrained, aligned, progress);
            return new Run(pretrained, aligned, finetuned, hr10(pretrained, aligned, finetuned));
        }
    }

    private Map<String, Double> hr10(Bundle pretrained, Bundle aligned, Bundle finetuned) {
        try (Evaluator evaluator = Evaluator.open(snapshot, HASH, SETTINGS)) {
            return evaluator.evaluate(pretrained, aligned, finetuned).stream()
                    .collect(Collectors.toMap(Row::model, row -> row.ranks().hitRate(10), (a, b) -> a, LinkedHashMap::new));
        }
    }

    private Training open(Snapshot of, Recipe recipe, long seed, String checkpoints) {
        return Training.open(of, HASH, recipe, seed, SETTINGS, folder.resolve(checkpoints));
    }

    @ParameterizedTest
    @ValueSource(strings = {"best", "paper"})
    void threePhasesMakeARecommenderThatBeatsPopularity(String recipe) {
        Run run = run(TinySnapshot.small(recipe, 6), 1, "a", SILENT);
        assertEquals(List.of("popularity", "text-knn", "SASRec", "text", "aligned", "PAD"), List.copyOf(run.hr10.keySet()));
        assertTrue(run.hr10.get("PAD") > 1.2 * run.hr10.get("popularity"), () -> "hr@10 by model: " + run.hr10);
        assertEquals(List.of("id", "aligned", "text"), experts(run.finetuned));
        assertEquals("finetune", run.finetuned.manifest().get("phase"));
        assertArrayEquals(new int[] {Snapshot.BINS, 3}, run.finetuned.floats("gate").shape());
        assertEquals(recipe.equals("best"), run.finetuned.tensors().containsKey("gate.history"));
    }

    /** The search sees the experts' best candidates alone, and adds up itself what the gates make of them. */
    @ParameterizedTest
    @ValueSource(strings = {"FROZEN", "FROZEN_WITH_HISTORY"})
    void whatTheSearchForGatesFindsIsWhatTheModelScores(Recipe.Finetuning finetuning) {
        Map<String, Object> manifest = run(TinySnapshot.small("best", 2).with("finetuning", finetuning), 1, "a", SILENT)
                .finetuned.manifest();
        List<?> found = (List<?>) ((Map<?, ?>) ((Map<?, ?>) manifest.get("curves")).get("PAD")).get("validation ndcg@10");
        assertEquals((double) ((Map<?, ?>) ((Map<?, ?>) manifest.get("metrics")).get("PAD")).get("validation ndcg@10"),
                (double) found.getLast(), 1e-3);
    }

    private static List<Object> experts(Bundle bundle) {
        return ((List<?>) bundle.manifest().get("experts")).stream().<Object>map(e -> ((Map<?, ?>) e).get("name")).toList();
    }

    @ParameterizedTest
    @CsvSource({"best, sasrec", "paper, sasrec", "best, gru4rec", "paper, caser"})
    void oneSeedAndThreadCountGiveOneBundleToTheLastByte(String recipe, String backbone) throws IOException {
        Recipe small = TinySnapshot.small(recipe, 3).withBackbone(BackboneKind.named(backbone));
        Run one = run(small, 1, "a", SILENT);
        Run same = run(small, 1, "b", SILENT);
        Run other = run(small, 2, "c", SILENT);
        assertEquals(fingerprint(one.finetuned), fingerprint(same.finetuned));
        assertFalse(fingerprint(one.finetuned).equals(fingerprint(other.finetuned)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"best", "paper"})
    void aRunThatIsCutOffAfterAnyEpochAndGoesOnEndsWithTheSameBundle(String recipe) throws IOException {
        Recipe small = TinySnapshot.small(recipe, 3);
        List<String> epochs = new ArrayList<>();
        Run whole = run(small, 1, "whole", step -> epochs.add(step.part() + step.epoch()));
        int[] stops = {0};
        for (String epoch : epochs) {
            // Each attempt dies in the first batch after the named epoch, or at its end, where it was the last of its part.
            assertThrows(CancellationException.class, () -> run(small, 1, "cut", stopAfter(epoch)));
            stops[0]++;
        }
        assertTrue(stops[0] >= 8, "stops: " + stops[0]);
        Map<?, ?> curve = (Map<?, ?>) ((Map<?, ?>) whole.pretrained.manifest().get("curves")).get("id");
        assertEquals(List.of(1, 2, 3), curve.get("epoch"));
        assertTrue(((List<?>) curve.get("validation ndcg@10")).contains(
                ((Map<?, ?>) ((Map<?, ?>) whole.pretrained.manifest().get("metrics")).get("id")).get("validation ndcg@10")));
        Run resumed = run(small, 1, "cut", SILENT);
        assertEquals(fingerprint(whole.pretrained), fingerprint(resumed.pretrained));
        assertEquals(fingerprint(whole.finetuned), fingerprint(resumed.finetuned));
        assertEquals(whole.hr10, resumed.hr10);
    }

    @Test
    void theThreadThatTrainsDoesNotMatter() throws Exception {
        Recipe small = TinySnapshot.small("best", 2);
        Run here = run(small, 1, "here", SILENT);
        try (var threads = Executors.newSingleThreadExecutor()) {
            Run there = threads.submit(() -> run(small, 1, "there", SILENT)).get();
            assertEquals(fingerprint(here.finetuned), fingerprint(there.finetuned));
            assertEquals(here.hr10, there.hr10);
        }
    }

    private static Progress stopAfter(String epoch) {
        return step -> {
            if (epoch.equals(step.part() + step.epoch())) {
                throw new CancellationException();
            }
        };
    }

    @Test
    void aDamagedCheckpointIsNotUsedAndTheOneBeforeIs() throws IOException {
        Recipe small = TinySnapshot.small("best", 3);
        Run whole = run(small, 1, "whole", SILENT);
        assertThrows(CancellationException.class, () -> run(small, 1, "cut", stopAfter("id2")));
        Path newest = folder.resolve("cut/id/epoch-2/model.safetensors");
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(newest, bytes);
        List<String> epochs = new ArrayList<>();
        Run resumed = run(small, 1, "cut", step -> epochs.add(step.part() + step.epoch()));
        assertEquals("id2", epochs.getFirst());
        assertEquals(fingerprint(whole.finetuned), fingerprint(resumed.finetuned));
    }

    @Test
    void trainingLeavesNoTemporaryFilesAndAtMostTwoCheckpointsAPart() throws IOException {
        run(TinySnapshot.small("best", 4), 1, "a", SILENT);
        try (Stream<Path> parts = Files.list(folder.resolve("a"))) {
            for (Path part : parts.toList()) {
                try (Stream<Path> files = Files.list(part)) {
                    List<String> names = files.map(f -> f.getFileName().toString()).toList();
                    assertTrue(names.size() <= 2 && names.stream().allMatch(n -> n.startsWith("epoch-")), names::toString);
                }
            }
        }
    }

    @Test
    void itemsNeverSeenInTrainingKeepAZeroIdVectorAndAreRankedByTheirText() {
        Run run = run(TinySnapshot.small("best", 3), 1, "a", SILENT);
        int unseen = java.util.stream.IntStream.rangeClosed(1, snapshot.items())
                .filter(i -> snapshot.bins().frequency(i) == 0).findFirst().orElseThrow();
        assertArrayEquals(new float[16], row(run.finetuned.floats("id.items"), unseen));
        assertFalse(java.util.Arrays.equals(new float[16], row(run.finetuned.floats("aligned.items"), unseen)));
        assertArrayEquals(new float[TinySnapshot.TEXT_WIDTH], row(run.finetuned.floats("text.items"), 0));
    }

    private static float[] row(Tensor.Floats table, int row) {
        int width = table.shape()[1];
        return java.util.Arrays.copyOfRange(table.data(), row * width, (row + 1) * width);
    }

    @Test
    void aBundleOfAnotherSnapshotIsRefused() {
        Recipe small = TinySnapshot.small("best", 1);
        try (Training training = open(snapshot, small, 1, "a");
                Training other = Training.open(snapshot, "beef", small, 1, SETTINGS, folder.resolve("b"))) {
            Bundle pretrained = training.pretrain(SILENT);
            PadrecException refused = assertThrows(PadrecException.class, () -> other.align(pretrained, SILENT));
            assertTrue(refused.getMessage().contains("belongs to snapshot f00d, not to beef"), refused::getMessage);
            try (Evaluator evaluator = Evaluator.open(snapshot, "beef", SETTINGS)) {
                assertThrows(PadrecException.class, () -> evaluator.evaluate(pretrained, pretrained, pretrained));
            }
        }
    }

    @Test
    void aSnapshotWithNobodyToTrainOnIsRefused() {
        Histories histories = new Histories.Builder().add("a", 1, 2).add("b", 3).build();
        Snapshot few = new Snapshot(new Catalogue(List.of("x", "y", "z"), List.of("x", "y", "z")), histories, new float[8], 2);
        PadrecException refused = assertThrows(PadrecException.class, () -> open(few, Recipe.best(), 1, "a"));
        assertTrue(refused.getMessage().contains("no user with three or more items"), refused::getMessage);
    }

    @Test
    void aDeviceThatIsNotThereIsRefused() {
        PadrecException refused = assertThrows(PadrecException.class, () -> Training.open(snapshot, HASH, Recipe.best(), 1,
                new Settings("cuda:99", 1), folder));
        assertTrue(refused.getMessage().startsWith("device cuda:99 is not there"), refused::getMessage);
        assertThrows(PadrecException.class, () -> new Settings("tpu", 1));
    }

    @Test
    void trainingThatDivergesSaysSo() {
        Recipe.Schedule wild = new Recipe.Schedule(2, 0, 2, Float.MAX_VALUE, false, 0, 0, 32);
        Recipe recipe = TinySnapshot.small("best", 2).with("pretrain", wild);
        try (Training training = open(snapshot, recipe, 1, "a")) {
            PadrecException diverged = assertThrows(PadrecException.class, () -> training.pretrain(SILENT));
            assertTrue(diverged.getMessage().contains("diverged in epoch"), diverged::getMessage);
        }
    }

    private static String fingerprint(Bundle bundle) throws IOException {
        Path target = Files.createTempDirectory("bundle").resolve("bundle");
        bundle.write(target);
        String hash = AtomicFiles.sha256(target.resolve("model.safetensors"))
                + AtomicFiles.sha256(target.resolve("manifest.json"));
        AtomicFiles.deleteAll(target.getParent());
        return hash;
    }
}
