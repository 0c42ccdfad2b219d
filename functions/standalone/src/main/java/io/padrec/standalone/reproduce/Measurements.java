package io.padrec.standalone.reproduce;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import io.padrec.core.Ranks;
import io.padrec.core.Snapshot;
import io.padrec.core.Split;
import io.padrec.core.Split.Stage;
import io.padrec.training.Recipe;
import io.padrec.training.Variant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

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
        Path file = file(row, seed);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            int[] ranks = ((List<?>) Json.parseObject(Files.readString(file)).get("ranks")).stream()
                    .mapToInt(rank -> ((Number) rank).intValue()).toArray();
            return Optional.of(new Ranks(users, targets, ranks));
        } catch (IOException | IllegalArgumentException e) {
            throw new PadrecException("cannot read " + file + " (" + e.getMessage() + "); delete it to measure the row again", e);
        }
    }

    /** The ranks of a row's targets, by {@code measure} where they are not kept yet. */
    Ranks of(Variant row, long seed, Supplier<Ranks> measure) {
        return find(row, seed).orElseGet(() -> {
            Ranks ranks = measure.get();
            Map<String, Object> json = new LinkedHashMap<>(made(row, seed));
            json.put("row", row.name());
            json.put("hr@10", ranks.hitRate(10));
            json.put("ndcg@10", ranks.ndcg(10));
            json.put("ranks", java.util.stream.IntStream.range(0, ranks.size()).mapToObj(ranks::rank).toList());
            AtomicFiles.writeString(file(row, seed), Json.write(json));
            return ranks;
        });
    }

    private Path file(Variant row, long seed) {
        String made = AtomicFiles.sha256(Json.write(made(row, seed)).getBytes(StandardCharsets.UTF_8));
        return folder.resolve(made.substring(0, SHORT_HASH) + ".json");
    }

    private Map<String, Object> made(Variant row, long seed) {
        Recipe recipe = switch (row.measured().phases()) {
            case 0, 1 -> row.recipe().ofPhase1();
            case 2 -> row.recipe().ofPhase2();
            default -> row.recipe();
        };
        Map<String, Object> made = new LinkedHashMap<>();
        made.put("snapshot", snapshot);
        made.put("seed", seed);
        made.put("measured", row.measured().name().toLowerCase(java.util.Locale.ROOT));
        made.put("recipe", recipe.toMap());
        return made;
    }
}
