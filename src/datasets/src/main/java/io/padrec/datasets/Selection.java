package io.padrec.datasets;

import io.padrec.core.PadrecException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What of a source is kept. First the rating decides, then the core is taken, then histories are shortened.
 *
 * @param minRating interactions of a lower rating are left out; none = ratings do not count
 * @param core      users and items with fewer interactions are left out, and again, until none is left; 0 = all are kept, also
 *                  items that nobody interacted with
 * @param maxLength of a longer history the newest are kept; 0 = all
 * @param allText   whether an item's text is all that the source says of it: the title and then each other field in a line of its
 *                  own, lists with commas, empty ones left out; otherwise it is the title
 */
public record Selection(OptionalDouble minRating, int core, int maxLength, boolean allText) {
    /** All interactions, and titles. */
    public static final Selection ALL = new Selection(OptionalDouble.empty(), 0, 0);

    /** Whose texts are titles. */
    public Selection(OptionalDouble minRating, int core, int maxLength) {
        this(minRating, core, maxLength, false);
    }

    /** @throws PadrecException where a number makes no sense */
    public Selection {
        if (core < 0 || maxLength < 0 || minRating.isPresent() && !Double.isFinite(minRating.getAsDouble())) {
            throw new PadrecException("the core and the longest history must be 1 or more, and the lowest rating a number");
        }
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        minRating.ifPresent(rating -> parts.add(String.format(Locale.ROOT, ", ratings of %s or more", plain(rating))));
        if (core > 0) {
            parts.add(", " + core + "-core");
        }
        if (maxLength > 0) {
            parts.add(", the newest " + maxLength + " of each user");
        }
        if (allText) {
            parts.add(", text of every field");
        }
        return String.join("", parts);
    }

    private static String plain(double rating) {
        return rating == Math.rint(rating) ? Long.toString((long) rating) : Double.toString(rating);
    }
}
