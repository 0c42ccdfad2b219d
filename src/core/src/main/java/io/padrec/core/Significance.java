package io.padrec.core;

import java.util.Arrays;
import java.util.SplittableRandom;

/** How far a mean over users can be trusted. Both tests are seeded: the same values give the same answer. */
public final class Significance {
    private static final int RESAMPLES = 2000;
    private static final int FLIPS = 10_000;
    private static final long SEED = 20_241_204;

    private Significance() {
    }

    /** An interval [low, high]. */
    public record Interval(double low, double high) {
    }

    /** Mean difference a - b and its two-sided p value. */
    public record Paired(double difference, double p) {
    }

    /** Bootstrap 95 % interval of the mean, resampling users (percentile method). */
    public static Interval bootstrap95(double[] values) {
        if (values.length == 0) {
            return new Interval(0, 0);
        }
        SplittableRandom random = new SplittableRandom(SEED);
        double[] means = new double[RESAMPLES];
        for (int r = 0; r < RESAMPLES; r++) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += values[random.nextInt(values.length)];
            }
            means[r] = sum / values.length;
        }
        Arrays.sort(means);
        return new Interval(means[(int) (RESAMPLES * 0.025)], means[(int) (RESAMPLES * 0.975) - 1]);
    }

    /**
     * Paired randomisation test: the sign of each user's difference is flipped at random; p is the share of flips whose
     * mean is at least as far from 0 as the observed one (never below 1 / (flips + 1)).
     */
    public static Paired paired(double[] a, double[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("paired test over " + a.length + " and " + b.length + " users");
        }
        double[] differences = new double[a.length];
        int used = 0;
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] - b[i];
            if (a[i] != b[i]) {
                differences[used++] = a[i] - b[i];
            }
        }
        SplittableRandom random = new SplittableRandom(SEED);
        int asFar = 0;
        double observed = Math.abs(sum) - 1e-12;
        for (int f = 0; f < FLIPS; f++) {
            double flipped = 0;
            long bits = 0;
            for (int i = 0; i < used; i++) {
                bits = (i & 63) == 0 ? random.nextLong() : bits >>> 1;
                flipped += (bits & 1) == 0 ? differences[i] : -differences[i];
            }
            if (Math.abs(flipped) >= observed) {
                asFar++;
            }
        }
        return new Paired(a.length == 0 ? 0 : sum / a.length, (asFar + 1.0) / (FLIPS + 1.0));
    }
}
