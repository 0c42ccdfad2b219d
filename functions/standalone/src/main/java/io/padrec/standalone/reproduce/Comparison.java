package io.padrec.standalone.reproduce;

import io.padrec.core.FrequencyBins;
import io.padrec.core.FrequencyBins.Stratum;
import io.padrec.core.Ranks;
import io.padrec.core.Significance;
import io.padrec.core.Significance.Interval;
import io.padrec.core.Significance.Paired;
import io.padrec.training.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The rows of the tables as figures: means over seeds, intervals over users, and each row against one of them over the seeds that
 * both have. Intervals and tests are over users, each with the mean of its seeds: they say nothing of seeds that were not tried.
 */
final class Comparison {
    private final FrequencyBins bins;
    private final String against;
    /** By row and seed. */
    private final Map<String, Map<Long, Ranks>> measured = new LinkedHashMap<>();

    /** @param against the row that the others are compared with */
    Comparison(FrequencyBins bins, String against) {
        this.bins = bins;
        this.against = against;
    }

    String against() {
        return against;
    }

    void add(Variant row, long seed, Ranks ranks) {
        measured.computeIfAbsent(row.name(), name -> new TreeMap<>()).put(seed, ranks);
    }

    /** A row's figures, fractions over users; empty where no seed of it was measured. */
    Map<String, Object> figures(Variant row) {
        Map<Long, Ranks> seeds = measured.getOrDefault(row.name(), Map.of());
        Map<String, Object> json = new LinkedHashMap<>();
        if (seeds.isEmpty()) {
            return json;
        }
        List<Ranks> all = List.copyOf(seeds.values());
        json.put("row", row.name());
        json.put("recipe", row.recipe().toMap());
        json.put("measured", row.measured().name().toLowerCase(Locale.ROOT));
        json.put("seeds", List.copyOf(seeds.keySet()));
        for (int k : new int[] {10, 5, 20}) {
            json.put("hr@" + k, mean(all, ranks -> ranks.hitRate(k)));
            json.put("ndcg@" + k, mean(all, ranks -> ranks.ndcg(k)));
        }
        json.put("mrr@10", mean(all, ranks -> ranks.mrr(10)));
        json.put("hr@10.ci95", interval(ofUsers(all, ranks -> ranks.hitsAt(10))));
        json.put("ndcg@10.ci95", interval(ofUsers(all, ranks -> ranks.ndcgAt(10))));
        json.put("ndcg@10.seeds", all.stream().map(ranks -> ranks.ndcg(10)).toList());
        for (Stratum stratum : Stratum.values()) {
            String name = stratum.name().toLowerCase(Locale.ROOT);
            json.put("hr@10." + name, mean(all, ranks -> ranks.of(stratum, bins).hitRate(10)));
            json.put("hr@10." + name + ".ci95", interval(ofUsers(all, ranks -> ranks.of(stratum, bins).hitsAt(10))));
            json.put("ndcg@10." + name, mean(all, ranks -> ranks.of(stratum, bins).ndcg(10)));
        }
        compare(seeds, json);
        return json;
    }

    private void compare(Map<Long, Ranks> seeds, Map<String, Object> json) {
        Map<Long, Ranks> other = measured.getOrDefault(against, Map.of());
        if (other == seeds) {
            return;
        }
        List<Long> both = seeds.keySet().stream().filter(other::containsKey).toList();
        if (!both.isEmpty()) {
            Paired paired = Significance.paired(ofUsers(both.stream().map(seeds::get).toList(), ranks -> ranks.ndcgAt(10)),
                    ofUsers(both.stream().map(other::get).toList(), ranks -> ranks.ndcgAt(10)));
            json.put("against", against);
            json.put(Section.DIFFERENCE, paired.difference());
            json.put("p", paired.p());
        }
    }

    /** Each user's mean over the seeds. */
    private static double[] ofUsers(List<Ranks> seeds, Function<Ranks, double[]> metric) {
        List<double[]> values = new ArrayList<>();
        seeds.forEach(ranks -> values.add(metric.apply(ranks)));
        double[] means = new double[values.getFirst().length];
        for (int u = 0; u < means.length; u++) {
            for (double[] seed : values) {
                means[u] += seed[u] / values.size();
            }
        }
        return means;
    }

    private static double mean(List<Ranks> seeds, ToDoubleFunction<Ranks> metric) {
        return seeds.stream().mapToDouble(metric).average().orElseThrow();
    }

    private static List<Double> interval(double[] values) {
        Interval interval = Significance.bootstrap95(values);
        return List.of(interval.low(), interval.high());
    }
}
