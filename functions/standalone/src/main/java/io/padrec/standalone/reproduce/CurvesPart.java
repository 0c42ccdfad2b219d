package io.padrec.standalone.reproduce;

import io.padrec.standalone.reproduce.Lines.Line;
import io.padrec.standalone.reproduce.Part.Grid;
import io.padrec.training.Variants;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Learning curves: validation nDCG@10 after each epoch of each phase. */
final class CurvesPart {
    private static final String NDCG = "validation ndcg@10";
    private static final String NOTE = "nDCG@10 on the validation items, per cent, after each epoch; where phase 3 fits gates to frozen "
            + "experts, after each round of that. A curve is named by PAD where PAD shares it, else by the first row that does.";
    private static final String TIMES = "The same over the minutes that training took on this machine, validation included: of all the "
            + "report, what another run of the same command has otherwise.";
    /** More lines than that are not told apart. */
    private static final int MOST = 8;

    private CurvesPart() {
    }

    static Part of(List<Map<?, ?>> curves) {
        return new Part(Tables.CURVES, "Learning curves", NOTE, pictures(curves, "epoch", CurvesPart::epochs), grid(curves), null);
    }

    /** @param minutes of a curve's epochs, null where unknown; curves without any are left out */
    static List<Part> overTime(List<Map<String, Object>> curves, Function<Map<?, ?>, List<Double>> minutes) {
        List<Map<?, ?>> timed = curves.stream().<Map<?, ?>>map(curve -> timed(curve, minutes.apply(curve)))
                .filter(curve -> !epochs(curve).isEmpty()).toList();
        return timed.isEmpty() ? List.of() : List.of(new Part("times", "Learning curves over time", TIMES,
                pictures(timed, "minutes", curve -> numbers(curve, "minutes")), times(timed), null));
    }

    /** The epochs whose times are known. */
    private static Map<String, Object> timed(Map<String, Object> curve, List<Double> minutes) {
        Map<String, Object> timed = new LinkedHashMap<>(curve);
        List<Object> epochs = new ArrayList<>();
        List<Object> ndcgs = new ArrayList<>();
        List<Object> known = new ArrayList<>();
        for (int e = 0; e < minutes.size(); e++) {
            if (minutes.get(e) != null) {
                epochs.add(((List<?>) curve.get("epoch")).get(e));
                ndcgs.add(((List<?>) curve.get(NDCG)).get(e));
                known.add(minutes.get(e));
            }
        }
        timed.put("epoch", epochs);
        timed.put(NDCG, ndcgs);
        timed.put("minutes", known);
        return timed;
    }

    private static Grid grid(List<Map<?, ?>> curves) {
        return new Grid(List.of("curve", "phase", "seed", "epochs", "highest nDCG@10", "in epoch"), curves.stream().map(curve -> {
            List<Double> ndcgs = numbers(curve, NDCG);
            int best = ndcgs.indexOf(highest(curve));
            return List.of(name(curve), (String) curve.get("phase"), curve.get("seed").toString(), Integer.toString(ndcgs.size()),
                    Section.percent(ndcgs.get(best)), ((List<?>) curve.get("epoch")).get(best).toString());
        }).toList());
    }

    private static Grid times(List<Map<?, ?>> curves) {
        return new Grid(List.of("curve", "phase", "seed", "minutes"), curves.stream().map(curve -> List.of(name(curve),
                (String) curve.get("phase"), curve.get("seed").toString(), decimal(numbers(curve, "minutes").getLast()))).toList());
    }

    /** One a phase, of the first seed. */
    private static List<Picture> pictures(List<Map<?, ?>> curves, String axis, Function<Map<?, ?>, List<Double>> xs) {
        List<Picture> pictures = new ArrayList<>();
        for (String phase : List.of("pretrain", "align", "finetune")) {
            List<Map<?, ?>> of = curves.stream().filter(curve -> phase.equals(curve.get("phase")))
                    .filter(curve -> curve.get("seed").equals(curves.getFirst().get("seed"))).toList();
            List<Map<?, ?>> drawn = of.stream().sorted(Comparator.<Map<?, ?>>comparingDouble(curve -> -highest(curve))).limit(MOST)
                    .toList();
            if (!drawn.isEmpty()) {
                pictures.add(picture(phase, axis, drawn, of.size(), xs));
            }
        }
        return pictures;
    }

    private static Lines picture(String phase, String axis, List<Map<?, ?>> drawn, int all, Function<Map<?, ?>, List<Double>> xs) {
        return new Lines(axis, "validation nDCG@10, per cent", drawn.stream().map(curve -> new Line(name(curve), xs.apply(curve),
                numbers(curve, NDCG).stream().map(ndcg -> 100 * ndcg).toList())).toList(),
                "Validation nDCG@10 over " + axis + " in phase " + phase + ". Highest and last: " + String.join("; ", drawn.stream()
                        .map(curve -> name(curve) + " " + Section.percent(highest(curve)) + " and "
                                + Section.percent(numbers(curve, NDCG).getLast()) + " per cent").toList()) + ".",
                "Phase " + phase + ", seed " + drawn.getFirst().get("seed")
                        + (all > drawn.size() ? ", the " + drawn.size() + " curves of " + all + " that reach highest." : "."));
    }

    private static String name(Map<?, ?> curve) {
        List<?> rows = (List<?>) curve.get("rows");
        Object row = rows.contains(Variants.PAD) ? Variants.PAD : rows.getFirst();
        // What phase 3 trains is the row's model.
        return Variants.PAD.equals(curve.get("part")) ? (String) row : row + ", " + curve.get("part");
    }

    private static double highest(Map<?, ?> curve) {
        return numbers(curve, NDCG).stream().mapToDouble(ndcg -> ndcg).max().orElseThrow();
    }

    private static List<Double> epochs(Map<?, ?> curve) {
        return numbers(curve, "epoch");
    }

    private static List<Double> numbers(Map<?, ?> curve, String name) {
        return ((List<?>) curve.get(name)).stream().map(Section::number).toList();
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
