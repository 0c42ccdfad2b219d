package io.padrec.standalone.bench;

import io.padrec.core.Bundle;
import io.padrec.ranking.Ranker;
import io.padrec.training.Settings;
import io.padrec.training.TorchRanker;
import java.nio.file.Path;
import java.util.Arrays;

/** The ranker against the same bundle on PyTorch, in one process, by turns, on one thread each. */
final class Rival {
    private static final int K = 10;
    private static final int TURN = 100;

    /**
     * @param throughput how many times as much the ranker does
     * @param p50        its median time as a share of PyTorch's
     */
    record Ratios(double throughput, double p50, double rankerMillis, double torchMillis) {
    }

    private Rival() {
    }

    /** @param rounds that count, after as many that warm up */
    static Ratios measure(Path bundle, int[][] histories, int rounds) {
        try (Ranker ranker = Ranker.load(bundle); TorchRanker torch = TorchRanker.open(Bundle.read(bundle), new Settings("cpu", 1))) {
            long[] own = new long[rounds * TURN];
            long[] other = new long[rounds * TURN];
            for (int round = -rounds; round < rounds; round++) {
                for (int i = 0; i < TURN; i++) {
                    int[] history = histories[Math.floorMod(round * TURN + i, histories.length)];
                    long began = System.nanoTime();
                    ranker.recommend(history, K);
                    keep(own, round * TURN + i, System.nanoTime() - began);
                }
                for (int i = 0; i < TURN; i++) {
                    int[] history = histories[Math.floorMod(round * TURN + i, histories.length)];
                    long began = System.nanoTime();
                    torch.recommend(history, K);
                    keep(other, round * TURN + i, System.nanoTime() - began);
                }
            }
            double ratio = (double) Arrays.stream(other).sum() / Arrays.stream(own).sum();
            return new Ratios(ratio, median(own) / median(other), median(own), median(other));
        }
    }

    private static void keep(long[] nanos, int at, long took) {
        if (at >= 0) {
            nanos[at] = took;
        }
    }

    private static double median(long[] nanos) {
        return Arrays.stream(nanos).sorted().skip(nanos.length / 2).findFirst().orElseThrow() / 1e6;
    }
}
