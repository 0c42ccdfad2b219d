package io.padrec.standalone.pipeline;

import io.padrec.core.Catalogue;
import io.padrec.core.PadrecException;
import io.padrec.ranking.Ranker;
import io.padrec.ranking.Recommendation;
import io.padrec.standalone.terminal.Format;
import io.padrec.standalone.terminal.Table;
import io.padrec.store.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Asks the promoted model, and shows its answers by title. */
public final class Recommendations {
    private static final int SHOWN_HISTORY = 5;
    private static final int TITLE_COLUMNS = 60;

    private final Workplace workplace;
    private final Model model;
    private final Ranker ranker;

    private Recommendations(Workplace workplace, Model model) {
        this.workplace = workplace;
        this.model = model;
        this.ranker = workplace.store().artifacts().read(model.bundle(), Ranker::load);
    }

    /** @throws PadrecException where no model is promoted yet, or its bundle is damaged */
    public static Recommendations ofPromoted(Workplace workplace) {
        return new Recommendations(workplace, workplace.store().models().promoted().orElseThrow(() -> new PadrecException(
                "no model is promoted yet; run padrec quickstart, or the steps up to padrec evaluate, first")));
    }

    /** Shows three users, spread over those with a history. */
    public void showExamples(int k) {
        Catalogue catalogue = ranker.catalogue();
        var histories = workplace.store().datasets().histories(model.dataset(), catalogue);
        List<String> users = histories.userIds().stream().filter(user -> histories.length(histories.number(user)) >= 3).toList();
        for (int example = 1; example <= 3 && !users.isEmpty(); example++) {
            String user = users.get((int) ((long) users.size() * example / 4));
            int number = histories.number(user);
            show("user " + user, histories.first(number, histories.length(number)), k);
        }
    }

    /** @throws PadrecException where the dataset has no such user */
    public void showUser(String user, int k) {
        List<String> items = workplace.store().datasets().history(model.dataset(), user).orElseThrow(() -> new PadrecException(
                "dataset '" + model.dataset() + "' has no user '" + user + "'; give one of its users, or --history"));
        showHistory("user " + user, items, k);
    }

    /** Items that the model does not know are left out, and said. */
    public void showHistory(String name, List<String> items, int k) {
        List<String> unknown = items.stream().filter(item -> ranker.catalogue().number(item) == 0).toList();
        if (!unknown.isEmpty()) {
            workplace.output().note("not known to model " + model.id() + ", left out: " + String.join(", ", unknown));
        }
        show(name, items.stream().mapToInt(ranker.catalogue()::number).filter(number -> number > 0).toArray(), k);
    }

    private void show(String name, int[] history, int k) {
        List<Recommendation> recommended = ranker.recommend(history, k);
        workplace.output().result(json(name, history, recommended), text(name, history, recommended));
    }

    private String text(String name, int[] history, List<Recommendation> recommended) {
        StringBuilder out = new StringBuilder(name).append(", history of ").append(history.length).append(" items")
                .append(history.length > SHOWN_HISTORY ? ", the last " + SHOWN_HISTORY + ":\n" : ":\n");
        for (int i = Math.max(0, history.length - SHOWN_HISTORY); i < history.length; i++) {
            out.append("  ").append(title(history[i])).append('\n');
        }
        List<String> headings = new ArrayList<>(List.of("      recommended", "score"));
        headings.addAll(ranker.experts());
        Table table = new Table(headings.toArray(String[]::new));
        for (int i = 0; i < recommended.size(); i++) {
            List<String> cells = new ArrayList<>();
            cells.add(String.format("%4d. %s", i + 1, title(recommended.get(i).item())));
            cells.add(decimal(recommended.get(i).score()));
            for (float share : recommended.get(i).shares()) {
                cells.add(decimal(share));
            }
            table.row(cells.toArray(String[]::new));
        }
        return out.append(table).toString();
    }

    private Map<String, Object> json(String name, int[] history, List<Recommendation> recommended) {
        List<Map<String, Object>> items = new ArrayList<>();
        for (Recommendation each : recommended) {
            Map<String, Object> experts = new LinkedHashMap<>();
            for (int e = 0; e < each.shares().length; e++) {
                experts.put(ranker.experts().get(e), each.shares()[e]);
            }
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("item", ranker.catalogue().id(each.item()));
            item.put("score", each.score());
            item.put("title", ranker.catalogue().title(each.item()));
            item.put("experts", experts);
            items.add(item);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("recommended", name);
        json.put("model", model.id());
        json.put("history", java.util.Arrays.stream(history).mapToObj(ranker.catalogue()::id).toList());
        json.put("items", items);
        return json;
    }

    private String title(int item) {
        String title = ranker.catalogue().title(item).replaceAll("\\s+", " ").strip();
        return Format.fit(title.isEmpty() ? "(no title) " + ranker.catalogue().id(item) : title, TITLE_COLUMNS);
    }

    private static String decimal(float value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
