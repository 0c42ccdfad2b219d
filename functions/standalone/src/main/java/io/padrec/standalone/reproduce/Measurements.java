package io.padrec.standalone.reproduce;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import io.padrec.core.Ranks;
import io.padrec.core.Snapshot;
import io.padrec.core.Split;
import io.padrec.core.Split.Stage;
import io.padrec.training.Recipe;
import io.padrec.training.Spaces.Distances;
import io.padrec.training.Variant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What was measured on one snapshot, a file for each row and seed, named by what it was made from. Written whole or not at all. */
final class Measurements {
    private static final int SHORT_HASH = 24;

    private final Path folder;
    private final String snapshot;
    private final int[] users;
    private final int[] targets;

    /** @param hash the snapshot's */
    Measurements(Path folder, Snapshot snapshot, String hash) {
        this.folder = folder;
        this.snapshot = hash;
        Split split = snapshot.split();
        this.users = split.evaluatedUsers(Stage.TEST);
        this.targets = Arrays.stream(users).map(user -> split.target(user, Stage.TEST)).toArray();
    }

    /**
     * The ranks of a row's targets; empty where it was not measured yet.
     *
     * @throws PadrecException where its file cannot be read
     */
    Optional<Ranks> find(Variant row, long seed) {
        return find(made(row, seed), this::ranks);
    }

    /** The ranks of a row's targets, by {@code measure} where they are not kept yet. */
    Ranks of(Variant row, long seed, Supplier<Ranks> measure) {
        return of(made(row, seed), this::ranks, () -> {
            Ranks ranks = measure.get();
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("row", row.name());
            json.put("hr@10", ranks.hitRate(10));
            json.put("ndcg@10", ranks.ndcg(10));
            json.put("ranks", IntStream.range(0, ranks.size()).mapToObj(ranks::rank).toList());
            return json;
        });
    }

    private Ranks ranks(Map<String, Object> json) {
        return new Ranks(users, targets, ((List<?>) json.get("ranks")).stream().mapToInt(rank -> ((Number) rank).intValue()).toArray());
    }

    boolean hasDistances(Variant row, long seed) {
        return Files.exists(file(madeOfSpaces(row, seed)));
    }

    /** The distances of Figure 3 in a row's model, by {@code measure} where they are not kept yet. */
    Distances distances(Variant row, long seed, Supplier<Distances> measure) {
        return of(madeOfSpaces(row, seed), json -> new Distances(numbers(json.get("own")), numbers(json.get("others"))), () -> {
            Distances distances = measure.get();
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("row", row.name());
            json.put("own", rounded(distances.own()));
            json.put("others", rounded(distances.others()));
            return json;
        });
    }

    private Map<String, Object> madeOfSpaces(Variant row, long seed) {
        Map<String, Object> made = made(row, seed);
        made.put("measured", "distances of " + made.get("measured"));
        return made;
    }

    /** More digits than a figure shows, and few enough for a file of thousands. */
    private static List<Double> rounded(double[] values) {
        return Arrays.stream(values).mapToObj(value -> Math.round(value * 1e6) / 1e6).toList();
    }

    private static double[] numbers(Object list) {
        return ((List<?>) list).stream().mapToDouble(Section::number).toArray();
    }

    boolean hasKept(Variant row, long seed) {
        return Files.exists(file(madeOfForgetting(row, seed)));
    }

    /** Kendall's tau between the distances among ids before and after a row's alignment, by {@code measure} where it is not kept yet. */
    double kept(Variant row, long seed, DoubleSupplier measure) {
        return of(madeOfForgetting(row, seed), json -> Section.number(json.get("tau")), () -> {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("row", row.name());
            json.put("tau", measure.getAsDouble());
            return json;
        });
    }

    private Map<String, Object> madeOfForgetting(Variant row, long seed) {
        return made("forgetting", row.recipe().ofPhase2(), seed);
    }

    private <T> Optional<T> find(Map<String, Object> made, Function<Map<String, Object>, T> reading) {
        Path file = file(made);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(reading.apply(Json.parseObject(Files.readString(file))));
        } catch (IOException | IllegalArgumentException e) {
            throw new PadrecException("cannot read " + file + " (" + e.getMessage() + "); delete it to measure the row again", e);
        }
    }

    /** Read back even where it was measured just now, so that the report is the same the next time. */
    private <T> T of(Map<String, Object> made, Function<Map<String, Object>, T> reading, Supplier<Map<String, Object>> measure) {
        return find(made, reading).orElseGet(() -> {
            Map<String, Object> json = new LinkedHashMap<>(made);
            json.putAll(measure.get());
            AtomicFiles.writeString(file(made), Json.write(json));
            return find(made, reading).orElseThrow();
        });
    }

    private Path file(Map<String, Object> made) {
        String hash = AtomicFiles.sha256(Json.write(made).getBytes(StandardCharsets.UTF_8));
        return folder.resolve(hash.substring(0, SHORT_HASH) + ".json");
    }

    private Map<String, Object> made(Variant row, long seed) {
        Recipe recipe = switch (row.measured().phases()) {
            case 0, 1 -> row.recipe().ofPhase1();
            case 2 -> row.recipe().ofPhase2();
            default -> row.recipe();
        };
        return made(row.measured().name().toLowerCase(Locale.ROOT), recipe, seed);
    }

    private Map<String, Object> made(String measured, Recipe recipe, long seed) {
        Map<String, Object> made = new LinkedHashMap<>();
        made.put("snapshot", snapshot);
        made.put("seed", seed);
        made.put("measured", measured);
        made.put("recipe", recipe.toMap());
        return made;
    }
}
