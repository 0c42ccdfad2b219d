package io.padrec.ranking;

/**
 * Where the experts' vectors stand in an item's row: segments side by side, each padded with zeros to {@link Kernels#STEP}.
 *
 * @param widths length of each expert's vector
 * @param starts where each segment begins
 * @param ends   where each segment ends, padding included
 */
record Layout(int[] widths, int[] starts, int[] ends) {
    static Layout of(int... widths) {
        int[] starts = new int[widths.length];
        int[] ends = new int[widths.length];
        int end = 0;
        for (int k = 0; k < widths.length; k++) {
            starts[k] = end;
            end += Kernels.padded(widths[k]);
            ends[k] = end;
        }
        return new Layout(widths, starts, ends);
    }

    int experts() {
        return widths.length;
    }

    /** Numbers of a row. */
    int stride() {
        return ends[ends.length - 1];
    }
}
