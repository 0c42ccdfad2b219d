package io.padrec.standalone.export;

import io.padrec.core.Bundle;
import io.padrec.core.Catalogue;
import io.padrec.core.Histories;
import io.padrec.core.Item;
import io.padrec.core.PadrecException;
import io.padrec.standalone.pipeline.Workplace;
import io.padrec.store.Model;
import io.padrec.store.Run;
import io.padrec.training.Settings;
import io.padrec.training.Vectors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Writes the vectors of a model's items and of its dataset's users. */
public final class Export {
    private static final Settings SETTINGS = new Settings("cpu", 0);

    private final Workplace workplace;
    private final Origin origin;

    /**
     * Where vectors come from.
     *
     * @param name   what it is called
     * @param bundle its path among the artifacts
     */
    private record Origin(String name, String dataset, String bundle) {
        private static Origin of(Model model) {
            return new Origin(model.id(), model.dataset(), model.bundle());
        }
    }

    private Export(Workplace workplace, Origin origin) {
        this.workplace = workplace;
        this.origin = origin;
    }

    /** @throws PadrecException where there is no such model */
    public static Export ofModel(Workplace workplace, String id) {
        return new Export(workplace, Origin.of(workplace.store().models().find(id).orElseThrow(
                () -> new PadrecException("there is no model '" + id + "'; padrec models lists them"))));
    }

    /** @throws PadrecException where no model is promoted yet */
    public static Export ofPromoted(Workplace workplace) {
        return new Export(workplace, Origin.of(workplace.store().models().promoted().orElseThrow(() -> new PadrecException(
                "no model is promoted yet; run padrec quickstart, or give --run"))));
    }

    /** @throws PadrecException where there is no such run, or it has not succeeded */
    public static Export ofRun(Workplace workplace, String id) {
        Run run = workplace.store().runs().find(id).orElseThrow(
                () -> new PadrecException("there is no run '" + id + "'; padrec runs lists them"));
        if (run.bundle() == null) {
            throw new PadrecException("run '" + id + "' is " + run.state() + " and has no bundle; let it succeed first");
        }
        return new Export(workplace, new Origin(id, run.dataset(), run.bundle()));
    }

    /** @throws PadrecException where vectors are not written as files of that name */
    public static void checkName(Path file) {
        VectorTable.checkName(file);
    }

    /**
     * @param expert whose vectors; empty = those of all experts side by side, under the gate
     * @param items  file of the items' vectors, in the model's order
     * @param users  file of the users' vectors, in import order, without those of whose history the model knows nothing
     * @throws PadrecException where the bundle is damaged or has no such expert, or a file cannot be written
     */
    public void write(Optional<String> expert, Optional<Path> items, Optional<Path> users) {
        Bundle bundle = workplace.store().artifacts().read(origin.bundle, Bundle::read);
        try (Vectors vectors = Vectors.open(bundle, expert, SETTINGS)) {
            items.ifPresent(file -> write("items", file, items(vectors)));
            users.ifPresent(file -> write("users", file, users(vectors)));
        }
    }

    private VectorTable items(Vectors vectors) {
        float[] all = vectors.items();
        int width = vectors.width();
        return new VectorTable(vectors.catalogue().ids(), width, (from, to) -> Arrays.copyOfRange(all, from * width, to * width));
    }

    private VectorTable users(Vectors vectors) {
        List<Item> items = workplace.store().datasets().items(origin.dataset);
        Catalogue catalogue = new Catalogue(items.stream().map(Item::id).toList(), items.stream().map(Item::id).toList());
        Histories histories = workplace.store().datasets().histories(origin.dataset, catalogue);
        // The dataset may have got items since the model was made.
        int[] known = IntStream.rangeClosed(0, catalogue.size())
                .map(item -> item == 0 ? 0 : vectors.catalogue().number(catalogue.id(item))).toArray();
        int[][] all = IntStream.range(0, histories.users()).mapToObj(user -> Arrays.stream(histories.first(user, histories.length(user)))
                .map(item -> known[item]).filter(item -> item > 0).toArray()).toArray(int[][]::new);
        int[] users = IntStream.range(0, all.length).filter(user -> all[user].length > 0).toArray();
        return new VectorTable(Arrays.stream(users).mapToObj(histories::user).toList(), vectors.width(), (from, to) ->
                vectors.users(IntStream.range(from, to).mapToObj(row -> all[users[row]]).toArray(int[][]::new)));
    }

    private void write(String what, Path file, VectorTable table) {
        table.write(file.toAbsolutePath());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("exported", what);
        json.put("of", origin.name);
        json.put("file", file.toString());
        json.put("rows", table.ids().size());
        json.put("width", table.width());
        workplace.output().result(json, what + " of " + origin.name + ": " + table.ids().size() + " vectors of width " + table.width()
                + " in " + file);
    }
}
