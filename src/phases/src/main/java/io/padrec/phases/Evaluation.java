package io.padrec.phases;

import io.padrec.core.FrequencyBins;
import io.padrec.core.FrequencyBins.Stratum;
import io.padrec.core.Ranks;
import io.padrec.core.Significance;
import io.padrec.core.Significance.Interval;
import io.padrec.core.Significance.Paired;
import io.padrec.training.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How good models are on the test items, as JSON values: {@code rows}, one a model, and {@code paired}, PAD against each other
 * model. Metrics are fractions over users.
 */
public final class Evaluation {
    private static final String PAD = "PAD";

    private Evaluation() {
    }

    /** The figures of these rows, PAD's last. */
    public static Map<String, Object> of(List<Row> rows, FrequencyBins bins) {
        Map<String, Object> evaluation = new LinkedHashMap<>();
        evaluation.put("rows", rows.stream().map(row -> row(row, bins)).toList());
        evaluation.put("paired", paired(rows));
        return evaluation;
    }

    /** The models' rows of an evaluation, PAD's last. */
    public static List<Map<?, ?>> rows(Map<String, Object> evaluation) {
        return ((List<?>) evaluation.get("rows")).stream().<Map<?, ?>>map(row -> (Map<?, ?>) row).toList();
    }

    private static Map<String, Object> row(Row row, FrequencyBins bins) {
        Ranks ranks = row.ranks();
        Interval interval = Significance.bootstrap95(ranks.hitsAt(10));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", row.model());
        json.put("split", "test");
        json.put("users", ranks.size());
        json.put("hr@10", ranks.hitRate(10));
        json.put("ndcg@10", ranks.ndcg(10));
        json.put("hr@10.ci95", List.of(interval.low(), interval.high()));
        for (int k : new int[] {5, 20}) {
            json.put("hr@" + k, ranks.hitRate(k));
            json.put("ndcg@" + k, ranks.ndcg(k));
        }
        json.put("mrr@10", ranks.mrr(10));
        Map<String, Object> strata = new LinkedHashMap<>();
        for (Stratum stratum : Stratum.values()) {
            Ranks part = ranks.of(stratum, bins);
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("users", part.size());
            figures.put("hr@10", part.hitRate(10));
            figures.put("ndcg@10", part.ndcg(10));
            strata.put(stratum.name().toLowerCase(java.util.Locale.ROOT), figures);
        }
        json.put("strata", strata);
        return json;
    }

    private static List<Map<String, Object>> paired(List<Row> rows) {
        List<Map<String, Object>> tests = new ArrayList<>();
        Row pad = rows.stream().filter(row -> row.model().equals(PAD)).findFirst().orElseThrow();
        for (Row other : rows) {
            if (other == pad) {
                continue;
            }
            Paired paired = Significance.paired(pad.ranks().ndcgAt(10), other.ranks().ndcgAt(10));
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("a", PAD);
            json.put("b", other.model());
            json.put("metric", "ndcg@10");
            json.put("difference", paired.difference());
            json.put("p", paired.p());
            tests.add(json);
        }
        return tests;
    }
}
