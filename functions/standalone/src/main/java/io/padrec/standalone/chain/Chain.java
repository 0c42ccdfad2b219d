package io.padrec.standalone.chain;

import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import io.padrec.datasets.SourceDataset;
import io.padrec.standalone.local.Up;
import io.padrec.standalone.terminal.Output;
import io.padrec.standalone.terminal.Output.Advance;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * From a dataset to a model that is served. It only asks and looks: the functions do the work, each waking the next by its event.
 * So it can be stopped and started again at any point.
 */
public final class Chain {
    private static final String IMPORT = "import";
    private static final String EMBED = "embed";
    private static final List<String> PHASES = List.of("pretrain", "align", "finetune");

    private final Up up;
    private final Wish wish;
    private final Output output;

    public Chain(Up up, Wish wish, Output output) {
        this.up = up;
        this.wish = wish;
        this.output = output;
    }

    /**
     * Goes all the way, shows the figures that came of it, and waits until the model is served, if it was promoted.
     *
     * @param examples users whose recommendations are shown
     * @throws PadrecException where nothing is up, a function refuses what it is asked, or a run failed for good
     */
    public void run(int examples) {
        SourceDataset source = wish.source().read(up.home().resolve("downloads"), output);
        try (Functions functions = new Functions(up, output)) {
            upload(functions, source);
            String encoder = awaitVectors(functions, source);
            String snapshot = snapshot(functions, encoder);
            Map<String, Object> run = null;
            for (String phase : PHASES) {
                run = new Following(functions, output, snapshot, phase).until(wish, Optional.ofNullable(run));
            }
            Serving serving = new Serving(functions, output, source);
            serving.await(run);
            serving.show(examples);
        }
    }

    private void upload(Functions functions, SourceDataset source) {
        long began = System.nanoTime();
        output.begin(IMPORT);
        Optional<Map<?, ?>> before = dataset(functions);
        new Upload(functions, source).send();
        Map<?, ?> after = dataset(functions).orElseThrow();
        String detail = String.format(Locale.ROOT, "%,d users, %,d items, %,d interactions (%s)", number(after, "users"),
                number(after, "items"), number(after, "interactions"), source.origin());
        if (before.equals(Optional.of(after)) && number(after, "interactions") > 0) {
            output.skipped(IMPORT, 0, detail);
        } else {
            output.done(IMPORT, seconds(began), detail);
        }
    }

    private String awaitVectors(Functions functions, SourceDataset source) {
        long began = System.nanoTime();
        long items = source.items().size();
        boolean waited = false;
        while (true) {
            Map<String, Object> answer = datasets(functions);
            String encoder = (String) answer.get("encoder");
            long waiting = number(ours(answer).orElseThrow(), "waiting");
            if (waiting == 0) {
                if (waited) {
                    output.done(EMBED, seconds(began), "vectors of " + encoder);
                } else {
                    output.skipped(EMBED, 0, "vectors of " + encoder);
                }
                return encoder;
            }
            if (!waited) {
                output.begin(EMBED);
                waited = true;
            }
            output.advance(EMBED, new Advance("items", 1 - (double) waiting / items, (items - waiting) + " of " + items));
            Functions.pause();
        }
    }

    private String snapshot(Functions functions, String encoder) {
        Map<String, Object> cut = Functions.good(functions.ask("ingest", "ingest", "/snapshots", request -> request
                .setHeader("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(wish.json()))))).json();
        String hash = (String) cut.get("snapshot");
        output.note("snapshot " + hash.substring(0, 12) + " of " + cut.get("items") + " items and " + cut.get("users") + " users");
        return hash;
    }

    private static Map<String, Object> datasets(Functions functions) {
        return Functions.good(functions.get("ingest", "ingest", "/datasets")).json();
    }

    private Optional<Map<?, ?>> dataset(Functions functions) {
        return ours(datasets(functions));
    }

    private Optional<Map<?, ?>> ours(Map<String, Object> answer) {
        return ((List<?>) answer.get("datasets")).stream().<Map<?, ?>>map(each -> (Map<?, ?>) each)
                .filter(each -> wish.dataset().equals(each.get("dataset"))).findFirst();
    }

    private static long number(Map<?, ?> json, String name) {
        return ((Number) json.get(name)).longValue();
    }

    private static double seconds(long beganNanos) {
        return (System.nanoTime() - beganNanos) / 1e9;
    }
}
