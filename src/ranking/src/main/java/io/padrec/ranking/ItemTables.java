package io.padrec.ranking;

import io.padrec.core.Intake;
import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Takes the experts' item vectors [N + 1, D] out of the stream of a bundle's tensors and puts them side by side into one table,
 * without ever holding a tensor of them whole.
 */
final class ItemTables implements Intake.Plan {
    private static final String TABLE = "items";
    private static final String IDS = "ids";

    private final Manifest manifest;
    private final Precision precision;
    private final Arena arena;
    private final Map<String, int[]> shapes = new HashMap<>();
    private final Set<String> withIds = new HashSet<>();
    private Table table;

    ItemTables(Manifest manifest, Precision precision, Arena arena) {
        this.manifest = manifest;
        this.precision = precision;
        this.arena = arena;
    }

    @Override
    public Intake of(String name, int[] shape) {
        int expert = owner(name, "." + TABLE);
        if (expert >= 0) {
            shapes.put(name, shape);
            return shape.length == 2 && shape[1] > 0 ? new Rows(name, expert, shape[1]) : Intake.SKIP;
        }
        int trained = owner(name, "." + IDS);
        if (trained >= 0) {
            // Trained ids are in the finished vectors already; they are a third of the file.
            withIds.add(manifest.names().get(trained));
            return Intake.SKIP;
        }
        return Intake.WHOLE;
    }

    /** The expert that the tensor belongs to, or -1. */
    private int owner(String name, String suffix) {
        return name.endsWith(suffix) ? manifest.names().indexOf(name.substring(0, name.length() - suffix.length())) : -1;
    }

    /** Whether the expert's vectors are made of trained ids, alone or together with the text. */
    boolean hasIds(String expert) {
        return withIds.contains(expert);
    }

    /**
     * The finished table of [items + 1] rows, still without weights.
     *
     * @throws io.padrec.core.PadrecException where an expert has no vectors, or not as many as there are items
     */
    Table table(Tensors tensors, int items) {
        for (String expert : manifest.names()) {
            String name = expert + "." + TABLE;
            int[] shape = shapes.get(name);
            if (shape == null) {
                throw manifest.refused("holds no numbers '" + name + "'");
            }
            tensors.checkShape(name, shape, items + 1, shape.length == 2 ? shape[1] : 0);
        }
        return table;
    }

    /** Allocated at the first piece, when the shapes of all are known. */
    private Table table() {
        if (table == null) {
            int[] widths = new int[manifest.names().size()];
            int rows = 0;
            for (int k = 0; k < widths.length; k++) {
                int[] shape = shapes.get(manifest.names().get(k) + "." + TABLE);
                // A table that does not fit the others is refused by name once all is read.
                widths[k] = shape != null && shape.length == 2 ? Math.max(1, shape[1]) : 1;
                rows = Math.max(rows, shape != null && shape.length == 2 ? shape[0] : 0);
            }
            table = new Table(Layout.of(widths), precision, rows, arena);
        }
        return table;
    }

    private final class Rows implements Intake {
        private final String name;
        private final int expert;
        private final float[] row;

        Rows(String name, int expert, int width) {
            this.name = name;
            this.expert = expert;
            this.row = new float[width];
        }

        @Override
        public void take(long first, float[] numbers, int count) {
            Table to = table();
            for (int i = 0; i < count;) {
                long at = first + i;
                int column = (int) (at % row.length);
                int part = Math.min(row.length - column, count - i);
                System.arraycopy(numbers, i, row, column, part);
                i += part;
                // Row 0 is padding and stays zero.
                if (column + part == row.length && at >= row.length && !to.put((int) (at / row.length), expert, row, 0)) {
                    throw manifest.refused("has '" + name + "' with a number that is not finite");
                }
            }
        }
    }
}
