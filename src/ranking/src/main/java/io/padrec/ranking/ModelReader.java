package io.padrec.ranking;

import io.padrec.core.Bundle;
import io.padrec.core.Catalogue;
import io.padrec.core.Intake;
import io.padrec.core.Tensor;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes a bundle of phase finetune apart and checks that everything in it fits together. */
final class ModelReader {
    private static final String FREQUENCY = "items.frequency";
    private static final String HISTORY_GATE = "gate.history";

    private final String name;
    private final Precision precision;
    private final Arena arena;
    private Manifest manifest;
    private ItemTables tables;

    /**
     * @param name  what messages call the bundle
     * @param arena where item vectors will lie
     */
    ModelReader(String name, Precision precision, Arena arena) {
        this.name = name;
        this.precision = precision;
        this.arena = arena;
    }

    /** Reads a bundle on disk, each byte of it once, for its hash and for what it holds. */
    Model read(Path folder) {
        return model(Bundle.read(folder, this::begin).tensors());
    }

    /** Reads a bundle in memory. */
    Model read(Bundle bundle) {
        Intake.Plan plan = begin(bundle.manifest());
        List<Runnable> pieces = new ArrayList<>();
        Map<String, Tensor> whole = new HashMap<>();
        bundle.tensors().forEach((tensor, content) -> {
            Intake intake = plan.of(tensor, content.shape());
            if (intake == Intake.WHOLE) {
                whole.put(tensor, content);
            } else if (intake != Intake.SKIP) {
                pieces.add(() -> intake.take(0, numbers(tensor, content), numbers(tensor, content).length));
            }
        });
        // Where each tensor goes must be known of all before the first is taken.
        pieces.forEach(Runnable::run);
        return model(whole);
    }

    private float[] numbers(String tensor, Tensor content) {
        if (content instanceof Tensor.Floats floats) {
            return floats.data();
        }
        throw manifest.refused("holds no numbers '" + tensor + "'");
    }

    private Intake.Plan begin(Map<String, Object> fields) {
        manifest = new Manifest(fields, name);
        tables = new ItemTables(manifest, precision, arena);
        return tables;
    }

    private Model model(Map<String, Tensor> whole) {
        Tensors tensors = new Tensors(whole, manifest);
        Catalogue catalogue = catalogue(tensors);
        Table table = tables.table(tensors, catalogue.size());
        int[] widths = table.layout().widths();
        List<Encoder> encoders = new Encoders(manifest, tensors).all(widths);
        int[] bins = tensors.ints("items.bins", catalogue.size() + 1);
        int rows = tensors.rows("gate");
        float[] gate = tensors.floats("gate", rows, manifest.experts().size());
        if (Arrays.stream(bins).anyMatch(bin -> bin < 0 || bin >= rows)) {
            throw manifest.refused("has an item in a bin that the gate of " + rows + " bins does not know");
        }
        HistoryGate historyGate = tensors.has(HISTORY_GATE)
                ? new HistoryGate(tensors.floats(HISTORY_GATE, rows, manifest.experts().size()), bins) : null;
        NewItems newItems = new NewItems(manifest, tensors, tables, widths);
        for (int item = 1; item <= catalogue.size(); item++) {
            table.weigh(item, gate, bins[item]);
        }
        int[] frequencies = tensors.has(FREQUENCY) ? tensors.ints(FREQUENCY, catalogue.size() + 1) : null;
        return new Model(manifest.fields(), catalogue, manifest.names(), encoders, table, gate, historyGate, frequencies,
                newItems);
    }

    private Catalogue catalogue(Tensors tensors) {
        Catalogue catalogue;
        try {
            catalogue = new Catalogue(tensors.strings("items.ids"), tensors.strings("items.titles"));
        } catch (IllegalArgumentException e) {
            throw manifest.refused("has an unusable catalogue: " + e.getMessage());
        }
        if (catalogue.size() == 0) {
            throw manifest.refused("holds no items");
        }
        return catalogue;
    }
}
