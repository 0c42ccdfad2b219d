package io.padrec.datasets;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Numbers and times as sources write them. */
final class Values {
    private Values() {
    }

    /** @throws BadLine where it is no finite number */
    static double rating(String text) throws BadLine {
        try {
            double rating = Double.parseDouble(text.strip());
            if (Double.isFinite(rating)) {
                return rating;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new BadLine("rating " + ProblemLog.quote(text) + " is no number; the line was left out");
    }

    /**
     * A number of any unit since any time, to the thousandth; or a date, or date and time, as of ISO 8601, in UTC where no other
     * offset is said. Times of one source can be compared, of several not.
     *
     * @throws BadLine where it is neither
     */
    static long time(String text) throws BadLine {
        String time = text.strip();
        try {
            if (time.length() < 5 || time.charAt(4) != '-') {
                return number(time);
            }
            if (time.length() == 10) {
                return LocalDate.parse(time).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
            }
            String iso = time.replace(' ', 'T');
            boolean offset = iso.endsWith("Z") || iso.indexOf('+') > 0 || iso.lastIndexOf('-') > iso.indexOf('T');
            return offset ? OffsetDateTime.parse(iso).toInstant().toEpochMilli()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            throw new BadLine("time " + ProblemLog.quote(text) + " is neither a number nor a date; the line was left out");
        }
    }

    private static long number(String time) {
        boolean whole = time.chars().allMatch(c -> c >= '0' && c <= '9' || c == '-');
        if (whole) {
            return Math.multiplyExact(Long.parseLong(time), 1000L);
        }
        double number = Double.parseDouble(time);
        if (!(Math.abs(number) < 1e15)) {
            throw new ArithmeticException("not finite, or too far away");
        }
        return Math.round(number * 1000);
    }
}
