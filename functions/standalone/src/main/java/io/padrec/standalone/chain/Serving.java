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
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What came of the last phase, and what recommend makes of it. */
final class Serving {
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

    /** Shows the figures, and waits until the model is served where it was promoted. */
    void await(Map<String, Object> finetuned) {
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
        if (promoted) {
            // The model's id ends as the run's does.
            awaitServed(finetuned.get("id").toString().replaceFirst("^.*-", ""));
        }
    }

    private void awaitServed(String suffix) {
        Optional<String> served = Optional.empty();
        while (served.isEmpty()) {
            // That there is no model yet is no news.
            served = functions.now("recommend", "recommend", path(users(1).getFirst())).filter(Answer::isGood)
                    .map(answer -> (String) answer.json().get("model")).filter(model -> model.endsWith(suffix));
            Functions.pause();
        }
        output.note("recommend serves model " + served.get());
    }

    /** Shows what some users are recommended by the model that is served. */
    void show(int examples) {
        Map<String, String> titles = source.items().stream().collect(Collectors.toMap(Item::id, Item::title));
        users(examples).forEach(user -> show(user, titles::get));
    }

    /** So many users, spread over those with a history. */
    private List<UserHistory> users(int count) {
        List<UserHistory> all = source.histories().stream().filter(history -> history.items().size() >= 3).toList();
        List<UserHistory> users = new ArrayList<>();
        for (int user = 1; user <= count; user++) {
            users.add(all.get((int) ((long) all.size() * user / (count + 1))));
        }
        return users;
    }

    private static String path(UserHistory user) {
        return "/recommend?user=" + URLEncoder.encode(user.user(), StandardCharsets.UTF_8) + "&k=" + K;
    }

    private void show(UserHistory example, Function<String, String> titles) {
        Map<String, Object> answer = Functions.good(functions.get("recommend", "recommend", path(example))).json();
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
