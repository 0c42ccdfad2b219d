package io.padrec.standalone.chain;

import io.padrec.core.Item;
import io.padrec.core.UserHistory;
import io.padrec.datasets.SourceDataset;
import io.padrec.standalone.terminal.Format;
import io.padrec.standalone.terminal.Output;
import io.padrec.standalone.terminal.Table;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What came of the last phase, and what recommend makes of it. */
final class Serving {
    private static final int EXAMPLES = 3;
    private static final int K = 10;
    private static final int SHOWN_HISTORY = 5;
    private static final int TITLE_COLUMNS = 60;

    private final Functions functions;
    private final Output output;
    private final SourceDataset source;

    Serving(Functions functions, Output output, SourceDataset source) {
        this.functions = functions;
        this.output = output;
        this.source = source;
    }

    /** Shows the figures, waits until the promoted model is served, and shows what it recommends to three users. */
    void show(Map<String, Object> finetuned) {
        Map<?, ?> metrics = (Map<?, ?>) finetuned.get("metrics");
        Map<?, ?> test = (Map<?, ?>) metrics.get("test");
        Map<?, ?> promotion = (Map<?, ?>) metrics.get("promotion");
        boolean promoted = Boolean.TRUE.equals(promotion.get("promoted"));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run", finetuned.get("id"));
        json.put("bundle", finetuned.get("bundle"));
        json.put("metrics", metrics);
        Table table = new Table("model (test)", "HR@10", "nDCG@10");
        table.row((String) finetuned.get("id"), percent(test, "hr@10"), percent(test, "ndcg@10"));
        output.result(json, table + "\n\n" + (promoted ? "promoted: " : "kept, not promoted: ") + promotion.get("why"));
        String user = examples().getFirst().user();
        if (promoted) {
            // The model's id ends as the run's does.
            String suffix = finetuned.get("id").toString().replaceFirst("^.*-", "");
            while (!served(user).endsWith(suffix)) {
                Functions.pause();
            }
        }
        output.note("recommend serves model " + served(user));
        Map<String, String> titles = source.items().stream().collect(Collectors.toMap(Item::id, Item::title));
        examples().forEach(example -> show(example, titles::get));
    }

    /** Three users, spread over those with a history. */
    private List<UserHistory> examples() {
        List<UserHistory> all = source.histories().stream().filter(history -> history.items().size() >= 3).toList();
        List<UserHistory> examples = new ArrayList<>();
        for (int example = 1; example <= EXAMPLES && !all.isEmpty(); example++) {
            examples.add(all.get((int) ((long) all.size() * example / (EXAMPLES + 1))));
        }
        return examples;
    }

    private String served(String user) {
        return (String) ask(user).get("model");
    }

    private Map<String, Object> ask(String user) {
        return Functions.good(functions.get("recommend", "recommend", "/recommend?user="
                + URLEncoder.encode(user, StandardCharsets.UTF_8) + "&k=" + K)).json();
    }

    private void show(UserHistory example, Function<String, String> titles) {
        Map<String, Object> answer = ask(example.user());
        StringBuilder text = new StringBuilder("user ").append(example.user()).append(", history of ")
                .append(example.items().size()).append(" items, the last of them:\n");
        example.items().stream().skip(Math.max(0, example.items().size() - SHOWN_HISTORY))
                .forEach(item -> text.append("  ").append(title(titles.apply(item), item)).append('\n'));
        Table table = new Table("      recommended", "score");
        int rank = 1;
        for (Object each : (List<?>) answer.get("items")) {
            Map<?, ?> item = (Map<?, ?>) each;
            table.row(String.format("%4d. %s", rank++, title((String) item.get("title"), (String) item.get("item"))),
                    String.format(Locale.ROOT, "%.3f", ((Number) item.get("score")).doubleValue()));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("recommended", "user " + example.user());
        json.put("model", answer.get("model"));
        json.put("history", example.items());
        json.put("items", answer.get("items"));
        output.result(json, text.append(table).toString());
    }

    private static String title(String title, String id) {
        String text = title == null ? "" : title.replaceAll("\\s+", " ").strip();
        return Format.fit(text.isEmpty() ? "(no title) " + id : text, TITLE_COLUMNS);
    }

    private static String percent(Map<?, ?> metrics, String name) {
        return Format.percent(((Number) metrics.get(name)).doubleValue());
    }
}
