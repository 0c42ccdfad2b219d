package io.padrec.standalone.pipeline;

import io.padrec.core.Item;
import io.padrec.core.PadrecException;
import io.padrec.standalone.terminal.Output;
import io.padrec.standalone.terminal.Output.Advance;
import io.padrec.store.Dataset;
import io.padrec.store.SnapshotRecord;
import io.padrec.text.TextSettings;
import io.padrec.text.TextVectors;
import java.util.List;

/** Gives every item a text vector, and cuts the snapshot that training sees. */
public final class EmbedStep {
    static final String NAME = "embed";
    /** Items a segment: small enough that a kill loses seconds, large enough to batch by length and to keep files few. */
    private static final int SEGMENT = 512;

    private final Workplace workplace;
    private final Plan plan;

    public EmbedStep(Workplace workplace, Plan plan) {
        this.workplace = workplace;
        this.plan = plan;
    }

    /**
     * Embeds what has no vector yet, then cuts the snapshot.
     *
     * @throws PadrecException where there is no such dataset, or the vectors do not fit it, or it has no times to split by
     */
    public SnapshotRecord run() {
        Dataset dataset = dataset(workplace, plan);
        Output output = workplace.output();
        Seconds seconds = workplace.seconds();
        try (TextVectors vectors = vectors(dataset)) {
            String key = key(dataset, vectors.name());
            List<Item> missing = workplace.store().embeddings().missing(dataset.name(), vectors.name());
            if (!missing.isEmpty()) {
                output.begin(NAME);
            }
            for (int from = 0; from < missing.size(); from += SEGMENT) {
                long began = System.nanoTime();
                List<Item> part = missing.subList(from, Math.min(missing.size(), from + SEGMENT));
                workplace.store().embeddings().addSegment(dataset.name(), vectors.name(), part, vectors.of(part));
                seconds.add(key, began);
                int done = from + part.size();
                output.advance(NAME, new Advance("items", (double) done / missing.size(), done + " of " + missing.size()));
            }
            SnapshotRecord snapshot = workplace.store().snapshots().cut(dataset.name(), vectors.name(), plan.split());
            String detail = "vectors of " + vectors.name() + ", snapshot " + snapshot.hash().substring(0, 12);
            if (missing.isEmpty()) {
                output.skipped(NAME, seconds.of(key), detail);
            } else {
                output.done(NAME, seconds.of(key), missing.size() + " texts, " + detail);
            }
            return snapshot;
        }
    }

    /** Under which name the time of embedding is kept. */
    static String key(Dataset dataset, String encoder) {
        return NAME + " " + dataset.name() + " " + dataset.contentHash() + " " + encoder;
    }

    static Dataset dataset(Workplace workplace, Plan plan) {
        return workplace.store().datasets().find(plan.dataset()).orElseThrow(() -> new PadrecException("no dataset '"
                + plan.dataset() + "' in the store; import it first: padrec import --dataset " + plan.dataset()));
    }

    private TextVectors vectors(Dataset dataset) {
        if (plan.embeddings().isPresent()) {
            return TextVectors.ofFile(plan.embeddings().get(), workplace.store().datasets().items(dataset.name()));
        }
        TextSettings settings = workplace.store().text();
        int threads = plan.settings().threads();
        return threads > 0 && settings.encoder().equals("onnx") ? TextVectors.ofTexts(threads) : TextVectors.of(settings);
    }
}
