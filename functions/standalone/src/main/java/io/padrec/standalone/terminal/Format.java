package io.padrec.standalone.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Numbers for people. */
public final class Format {
    private Format() {
    }

    /** "8.05 %" of 0.0805. */
    public static String percent(double fraction) {
        return Double.isFinite(fraction) ? String.format(Locale.ROOT, "%.2f %%", 100 * fraction) : "-";
    }

    /** "0.4 s", "12 s", "3 min 05 s", "2 h 10 min". */
    public static String duration(double seconds) {
        if (!Double.isFinite(seconds)) {
            return "-";
        }
        if (seconds < 9.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600 ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
    }

    /** The figures of an epoch that there are: "loss 5.1234, validation HR@10 4.12 %, nDCG@10 2.31 %, 20 s left at most". */
    static String figures(Output.Epoch epoch) {
        List<String> figures = new ArrayList<>();
        if (Double.isFinite(epoch.loss())) {
            figures.add(String.format(Locale.ROOT, "loss %.4f", epoch.loss()));
        }
        if (Double.isFinite(epoch.hr10())) {
            figures.add("validation HR@10 " + percent(epoch.hr10()));
        }
        if (Double.isFinite(epoch.ndcg10())) {
            figures.add("nDCG@10 " + percent(epoch.ndcg10()));
        }
        if (epoch.secondsLeft() > 0) {
            figures.add(duration(epoch.secondsLeft()) + " left at most");
        }
        return String.join(", ", figures);
    }

    /** At most {@code columns} characters, the last an ellipsis where some are left out. */
    public static String fit(String text, int columns) {
        return text.length() <= columns ? text : text.substring(0, Math.max(0, columns - 1)) + "…";
    }
}
