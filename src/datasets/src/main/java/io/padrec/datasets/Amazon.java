package io.padrec.datasets;

import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Amazon Reviews, in JSON lines: {@code NAME.json} of 2018 (reviewerID, asin, overall, unixReviewTime) or {@code NAME.jsonl} of
 * 2023 (user_id, parent_asin, rating, timestamp), and {@code meta_NAME} with the items' titles and more text. Of 2023 an item is the
 * parent: all sizes and colours of a product.
 */
final class Amazon {
    private static final String META = "meta_";
    private static final List<List<String>> FIELDS = List.of(List.of("brand", "store"), List.of("category", "categories"),
            List.of("feature", "features"), List.of("description"));

    private Amazon() {
    }

    @FunctionalInterface
    private interface ObjectReader {
        void read(long line, Map<String, Object> object) throws BadLine;
    }

    static void read(Path path, SourceRows rows) {
        Path folder = SourceFiles.folder(path);
        List<String> names = SourceFiles.names(folder).stream().filter(name -> name.matches(".*\\.jsonl?(\\.gz)?")).toList();
        Path reviews = Files.isDirectory(path) ? SourceFiles.only(folder,
                names.stream().filter(name -> !name.startsWith(META)).toList(), "reviews (.json, .jsonl)") : path;
        meta(folder, names, reviews).ifPresent(file -> {
            rows.describedIn(file);
            objects(file, rows.log(), (line, item) -> rows.item(line, first(item, "parent_asin", "asin"), text(item, "title"),
                    more(item)));
        });
        objects(reviews, rows.log(), (line, review) -> rows.interaction(reviews, line, first(review, "user_id", "reviewerID"),
                first(review, "parent_asin", "asin"), first(review, "rating", "overall"), time(review)));
    }

    /** The only file of metadata, or else the one that is called as the reviews are. */
    private static Optional<Path> meta(Path folder, List<String> names, Path reviews) {
        List<String> metas = names.stream().filter(name -> name.startsWith(META)).toList();
        if (metas.size() > 1) {
            // Reviews of those who wrote five or more are called NAME_5.
            String name = META + reviews.getFileName().toString().replaceFirst("\\..*", "").replaceFirst("_\\d+$", "");
            metas = metas.stream().filter(meta -> meta.replaceFirst("\\..*", "").equals(name)).toList();
            return Optional.of(SourceFiles.only(folder, metas, "metadata for " + reviews.getFileName()));
        }
        return metas.stream().findFirst().map(folder::resolve);
    }

    private static void objects(Path file, ProblemLog log, ObjectReader objects) {
        String name = file.getFileName().toString();
        boolean any = false;
        try (Lines lines = Lines.open(file)) {
            for (String text; (text = lines.next()) != null;) {
                if (text.isBlank()) {
                    continue;
                }
                any = true;
                log.line();
                try {
                    objects.read(lines.number(), Json.parseObject(text));
                } catch (BadLine e) {
                    log.problem(name, lines.number(), e.getMessage());
                } catch (IllegalArgumentException e) {
                    log.problem(name, lines.number(), "no JSON object (" + e.getMessage() + "); the line was left out: "
                            + ProblemLog.quote(text));
                }
            }
        }
        if (!any) {
            throw new PadrecException(file + " is empty; give the file as its publisher made it");
        }
    }

    /** The first of the fields that is there. */
    private static String first(Map<String, Object> object, String field, String other) throws BadLine {
        String text = text(object, object.get(field) == null ? other : field);
        if (text == null) {
            throw new BadLine("no " + field + " or " + other + "; the line was left out");
        }
        return text;
    }

    /** Brand, categories, features and description, each under its name of 2018 or of 2023. */
    private static List<String> more(Map<String, Object> item) {
        return FIELDS.stream().map(names -> names.stream().map(item::get).filter(Objects::nonNull).findFirst().map(Amazon::joined)
                .orElse("")).toList();
    }

    private static String joined(Object field) {
        return field instanceof List<?> list
                ? list.stream().map(Amazon::joined).filter(part -> !part.isBlank()).collect(Collectors.joining(", "))
                : field instanceof String text ? text : "";
    }

    private static String text(Map<String, Object> object, String field) throws BadLine {
        return switch (object.get(field)) {
            case null -> null;
            case String text -> text;
            case Number number -> number.toString();
            default -> throw new BadLine(field + " is no text; the line was left out");
        };
    }

    /** Milliseconds; 2018 counts seconds. */
    private static long time(Map<String, Object> review) throws BadLine {
        if (review.get("timestamp") instanceof Long time) {
            return time;
        }
        if (review.get("unixReviewTime") instanceof Long time) {
            return time * 1000;
        }
        throw new BadLine("no timestamp or unixReviewTime that is a whole number; the line was left out");
    }
}
