package io.padrec.recommend;

import io.padrec.ranking.Query;
import io.padrec.ranking.Ranker;
import io.padrec.ranking.Reason;
import io.padrec.ranking.Recommendation;
import io.padrec.serverless.Fields;
import io.padrec.serverless.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question that is put to a model.
 *
 * @param history item ids, oldest first
 * @param numbers of the history's items that the model knows
 * @param reason  why popular items are the answer, or null where the history is ranked
 */
record Asked(Question question, Use use, List<String> history, int[] numbers, Query query, String reason) {
    private static final int NEAREST = 3;
    /** Explaining looks at so many of the newest items of a history. */
    private static final int EXPLAINED = 200;

    /**
     * @param history of the user or as given; empty where the user is not known
     * @throws Problem 400 where a category is not known; where nothing is known to go by and the model knows no popularity, 400
     *                 for a history, 404 for a user
     */
    static Asked of(Question question, Use use, Optional<List<String>> history) {
        ServedModel model = use.model();
        List<String> items = history.orElse(List.of());
        int[] numbers = model.numbers(items);
        Query query = query(model, numbers, question.choice());
        String reason = numbers.length > 0 ? null : reason(question, history);
        if (reason != null && !model.ranker().knowsPopularity()) {
            throw question.history().isPresent()
                    ? Problem.wrong("history", reason + ", and the model knows no popular items to recommend instead")
                    : Problem.notFound("user", reason + ", and the model knows no popular items to recommend instead");
        }
        return new Asked(question, use, items, numbers, question.includeSeen() ? query.includingSeen() : query, reason);
    }

    private static String reason(Question question, Optional<List<String>> history) {
        if (history.isEmpty()) {
            return "user " + Fields.quoted(question.user().orElseThrow()) + " is not known";
        }
        String whose = question.history().isPresent() ? "history" : "the user's history";
        return history.get().isEmpty() ? whose + " is empty" : "none of the items of " + whose + " is known to the model";
    }

    /** What a choice is to a model. */
    static Query query(ServedModel model, int[] history, Choice choice) {
        Query query = Query.of(history, choice.k()).excluding(model.numbers(choice.exclude())).atLeast(choice.minScore());
        Categories categories = model.items().categories();
        if (choice.allow().isPresent()) {
            query = query.within(categories.items(choice.allow().get()));
        }
        return choice.deny().isPresent() ? query.without(categories.items(choice.deny().get())) : query;
    }

    boolean isPopular() {
        return reason != null;
    }

    Answer answer(List<Recommendation> ranked) {
        ServedModel model = use.model();
        int[] newest = question.explain() ? Arrays.copyOfRange(numbers, Math.max(0, numbers.length - EXPLAINED), numbers.length)
                : new int[0];
        List<Answer.RankedItem> items = new ArrayList<>(ranked.size());
        for (Recommendation one : ranked) {
            items.add(item(model, one, newest));
        }
        return new Answer(model.id(), use.variant(), isPopular() ? "popular: " + reason : null, items,
                numbers.length == history.size() ? List.of() : model.unknown(history));
    }

    /** @param history whose items nearest to it are said; empty for none */
    static Answer.RankedItem item(ServedModel model, Recommendation one, int[] history) {
        Ranker ranker = model.ranker();
        List<String> experts = ranker.experts();
        Map<String, Float> shares = LinkedHashMap.newLinkedHashMap(experts.size());
        for (int k = 0; k < one.shares().length; k++) {
            shares.put(experts.get(k), one.shares()[k]);
        }
        List<Reason> nearest = history.length == 0 ? List.of() : ranker.reasons(one.item(), history, NEAREST);
        return new Answer.RankedItem(ranker.id(one.item()), one.score(), model.items().title(one.item()), shares,
                nearest.stream().map(near -> new Answer.NearItem(ranker.id(near.item()), near.likeness())).toList());
    }
}
