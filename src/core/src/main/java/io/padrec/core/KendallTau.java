package io.padrec.core;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.BiPredicate;

/**
 * Kendall's rank correlation with ties, tau-b: of all pairs, those in the same order in both samples less those in opposite order, over
 * the geometric mean of the pairs that either sample orders at all. By Knight's method (1966) in O(n log n): sorted by one sample, the
 * opposite pairs are the exchanges that merge sort needs to sort by the other.
 */
public final class KendallTau {
    private KendallTau() {
    }

    /**
     * @param x finite values
     * @param y as many, each belonging to the value of x at its place
     * @return -1 (opposite order) to 1 (same order); 0 where either sample has no two different values, and so no order
     * @throws IllegalArgumentException where the samples are of different sizes, or a value is not finite
     */
    public static double b(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException("Kendall's tau of " + x.length + " and " + y.length + " values");
        }
        double[][] points = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
                throw new IllegalArgumentException("Kendall's tau of " + x[i] + " and " + y[i] + ", which have no order");
            }
            // Minus zero equals zero, but would be sorted before it.
            points[i] = new double[] {x[i] + 0.0, y[i] + 0.0};
        }
        Arrays.sort(points, Comparator.<double[]>comparingDouble(point -> point[0]).thenComparingDouble(point -> point[1]));
        long pairs = pairs(points.length);
        long tiedInX = tied(points, (a, b) -> a[0] == b[0]);
        long tiedInBoth = tied(points, Arrays::equals);
        double[] sorted = Arrays.stream(points).mapToDouble(point -> point[1]).toArray();
        long opposite = exchanges(sorted, new double[sorted.length], 0, sorted.length);
        Arrays.sort(points, Comparator.comparingDouble(point -> point[1]));
        long tiedInY = tied(points, (a, b) -> a[1] == b[1]);
        double ordered = Math.sqrt((double) (pairs - tiedInX) * (pairs - tiedInY));
        return ordered == 0 ? 0 : (pairs - tiedInX - tiedInY + tiedInBoth - 2 * opposite) / ordered;
    }

    private static long pairs(long n) {
        return n * (n - 1) / 2;
    }

    /** Pairs of points that are the same in what the points are sorted by. */
    private static long tied(double[][] points, BiPredicate<double[], double[]> same) {
        long tied = 0;
        long run = 0;
        for (int i = 1; i < points.length; i++) {
            run = same.test(points[i], points[i - 1]) ? run + 1 : 0;
            tied += run;
        }
        return tied;
    }

    /** Sorts a part, and counts the pairs that were in falling order. */
    private static long exchanges(double[] values, double[] spare, int from, int to) {
        if (to - from < 2) {
            return 0;
        }
        int middle = (from + to) >>> 1;
        long exchanges = exchanges(values, spare, from, middle) + exchanges(values, spare, middle, to);
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            if (right == to || left < middle && values[left] <= values[right]) {
                spare[i] = values[left++];
            } else {
                exchanges += middle - left;
                spare[i] = values[right++];
            }
        }
        System.arraycopy(spare, from, values, from, to - from);
        return exchanges;
    }
}
