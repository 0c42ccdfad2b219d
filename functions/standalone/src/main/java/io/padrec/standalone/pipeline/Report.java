package io.padrec.standalone.pipeline;

import io.padrec.phases.Evaluation;
import io.padrec.standalone.terminal.Format;
import io.padrec.standalone.terminal.Table;
import io.padrec.store.Dataset;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a model achieved, and how long that took.
 *
 * @param dataset what it was trained on
 * @param json    the content of report.json
 */
public record Report(Dataset dataset, Map<String, Object> json) {
    private static final List<String> STRATA = List.of("unseen", "cold", "median", "warm");

    /** The report as a table for people. */
    public String table() {
        Table table = new Table("model (test)", "HR@10", "95 % interval", "nDCG@10", "HR@10 unseen", "cold", "median", "warm");
        for (Map<?, ?> row : Evaluation.rows(json)) {
            Map<?, ?> strata = (Map<?, ?>) row.get("strata");
            List<?> interval = (List<?>) row.get("hr@10.ci95");
            table.row((String) row.get("model"), percent(row.get("hr@10")),
                    percent(interval.getFirst()) + " - " + percent(interval.getLast()), percent(row.get("ndcg@10")),
                    stratum(strata, STRATA.get(0)), stratum(strata, STRATA.get(1)), stratum(strata, STRATA.get(2)),
                    stratum(strata, STRATA.get(3)));
        }
        return heading() + "\n\n" + table + "\n\n" + comparison();
    }

    private String heading() {
        Map<?, ?> seconds = (Map<?, ?>) json.get("seconds");
        return String.format(Locale.ROOT, "%s: %s. Recipe %s, %s, seed %s, %s of work.%nEach of %,d users' %s, ranked among all "
                + "%,d items.", dataset.name(), dataset.origin(), json.get("recipe"), json.get("backbone"), json.get("seed"),
                Format.duration(((Number) seconds.get("total")).doubleValue()),
                ((Number) Evaluation.rows(json).getFirst().get("users")).longValue(),
                json.get("split").equals("temporal") ? "next item after a time" : "last item", dataset.items());
    }

    private String comparison() {
        return ((List<?>) json.get("paired")).stream().map(test -> (Map<?, ?>) test)
                .filter(test -> test.get("b").equals(json.get("backbone")))
                .map(test -> String.format(Locale.ROOT, "PAD against %s: nDCG@10 %+.2f points (paired p %.4f).", test.get("b"),
                        100 * number(test.get("difference")), number(test.get("p"))))
                .findFirst().orElse("");
    }

    private static String stratum(Map<?, ?> strata, String name) {
        Map<?, ?> stratum = (Map<?, ?>) strata.get(name);
        return number(stratum.get("users")) == 0 ? "-" : percent(stratum.get("hr@10"));
    }

    private static String percent(Object fraction) {
        return Format.percent(number(fraction));
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }
}
