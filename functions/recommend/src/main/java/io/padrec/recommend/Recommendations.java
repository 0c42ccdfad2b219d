package io.padrec.recommend;

import io.padrec.ranking.Query;
import io.padrec.ranking.Recommendation;
import io.padrec.serverless.Fields;
import io.padrec.serverless.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What to recommend, by the models that serve. Every method throws {@link Problem} with status 503 while there is none. */
@ApplicationScoped
class Recommendations {
    @Inject
    Serving serving;

    @Inject
    PinnedModels pinned;

    @Inject
    UserHistories histories;

    @Inject
    Shadow shadow;

    @Inject
    Meters meters;

    /** Whether answering may wait for the store. */
    boolean mayWait(Question question) {
        return question.history().isEmpty() || mayWait(question.model());
    }

    /** Whether getting the model may wait for the store. */
    boolean mayWait(Optional<String> model) {
        try (Use use = model.flatMap(pinned::present).orElse(null)) {
            return model.isPresent() && use == null;
        }
    }

    /**
     * The best items for a history or for a user of the model's dataset; popular ones where nothing is known to go by. Items of the
     * history that the model does not know are ignored, and named in the answer.
     *
     * @throws Problem 400 where the model or a category is not known, 503 where the store cannot be asked for what is needed
     */
    Answer answer(Question question) {
        try (Use use = use(question)) {
            Asked asked = ask(question, use);
            return asked.isPopular() ? popular(asked)
                    : ranked(asked, use.model().ranker().recommend(List.of(asked.query()), meters).getFirst());
        }
    }

    /**
     * An answer or a problem for each question, in their order. Those that one model answers go through its items together.
     *
     * @param questions as their sender wrote them
     * @return an {@link Answer} or a map of a {@code problem} each
     */
    List<Object> answerAll(List<?> questions) {
        Object[] answers = new Object[questions.size()];
        Map<ServedModel, List<Integer>> byModel = new LinkedHashMap<>();
        Asked[] asked = new Asked[answers.length];
        try {
            for (int i = 0; i < answers.length; i++) {
                try {
                    asked[i] = ask(questions.get(i));
                    byModel.computeIfAbsent(asked[i].use().model(), model -> new ArrayList<>()).add(i);
                } catch (Problem problem) {
                    answers[i] = Map.of("problem", problem.body());
                }
            }
            byModel.forEach((model, places) -> answer(model, places, asked, answers));
        } finally {
            for (Asked one : asked) {
                if (one != null) {
                    one.use().close();
                }
            }
        }
        return Arrays.asList(answers);
    }

    @SuppressWarnings("unchecked")
    private Asked ask(Object body) {
        if (!(body instanceof Map<?, ?> fields)) {
            throw Problem.wrong("requests", "each of requests must be a JSON object");
        }
        Question question = Question.of((Map<String, Object>) fields);
        Use use = use(question);
        try {
            return ask(question, use);
        } catch (RuntimeException e) {
            use.close();
            throw e;
        }
    }

    private void answer(ServedModel model, List<Integer> places, Asked[] asked, Object[] answers) {
        List<Integer> ranked = places.stream().filter(i -> !asked[i].isPopular()).toList();
        List<List<Recommendation>> lists = model.ranker().recommend(ranked.stream().map(i -> asked[i].query()).toList(), meters);
        for (int i = 0; i < lists.size(); i++) {
            answers[ranked.get(i)] = ranked(asked[ranked.get(i)], lists.get(i));
        }
        places.stream().filter(i -> asked[i].isPopular()).forEach(i -> answers[i] = popular(asked[i]));
    }

    private Use use(Question question) {
        return question.model().map(pinned::use).orElseGet(() -> serving.use(question.splitKey()));
    }

    private Asked ask(Question question, Use use) {
        return Asked.of(question, use, question.history()
                .or(() -> histories.of(use.model().dataset(), question.user().orElseThrow())));
    }

    private Answer popular(Asked asked) {
        meters.answered("popular", asked.use());
        return asked.answer(asked.use().model().ranker().popular(asked.query()));
    }

    private Answer ranked(Asked asked, List<Recommendation> list) {
        meters.answered(asked.question().history().isPresent() ? "history" : "user", asked.use());
        Answer answer = asked.answer(list);
        shadow.compare(asked, answer);
        return answer;
    }

    /**
     * The items most alike to an item, without itself.
     *
     * @throws Problem 404 where the item is unknown, 400 where the model or a category is
     */
    Answer similar(String item, Choice choice, Optional<String> pin) {
        try (Use use = pin.map(pinned::use).orElseGet(() -> serving.use(item))) {
            ServedModel model = use.model();
            int number = model.ranker().number(item);
            if (number == 0) {
                throw Problem.notFound("item", "item " + Fields.quoted(item) + " is not known");
            }
            Query query = Asked.query(model, new int[0], choice);
            List<Answer.RankedItem> items = model.ranker().similar(number, query).stream()
                    .map(one -> Asked.item(model, one, new int[0])).toList();
            meters.answered("similar", use);
            return new Answer(model.id(), use.variant(), null, items, List.of());
        }
    }
}
