package io.padrec.recommend;

import io.padrec.serverless.Fields;
import io.padrec.serverless.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** What to recommend, by the model that is served. Every method throws {@link Problem} with status 503 while there is none. */
@ApplicationScoped
public class Recommendations {
    @Inject
    Serving serving;

    @Inject
    UserHistories histories;

    /**
     * The best {@code k} items for a user of the model's dataset, without those of the user's history.
     *
     * @param k at least 1
     * @throws Problem 404 where the user is unknown, or none of the user's items is known to the model; 503 where the database
     *                 cannot be asked
     */
    public Answer forUser(String user, int k) {
        ServedModel model = serving.model();
        List<String> history = histories.of(model.dataset(), user).orElseThrow(() -> Problem.notFound("user",
                "user " + Fields.quoted(user) + " is not known"));
        int[] items = model.numbers(history);
        if (items.length == 0) {
            throw Problem.notFound("user", "of user " + Fields.quoted(user) + " no item is known to the model, so there is "
                    + "nothing to recommend by");
        }
        return model.answer(model.ranker().recommend(items, k), model.unknown(history));
    }

    /**
     * The best {@code k} items for a history, without its items. Items unknown to the model are ignored, and named in the answer.
     *
     * @param history item ids, oldest first
     * @param k       at least 1
     * @throws Problem 400 where no item of the history is known: the model holds no popularity, so it has nothing to go by
     */
    public Answer forHistory(List<String> history, int k) {
        ServedModel model = serving.model();
        int[] items = model.numbers(history);
        if (items.length == 0) {
            throw Problem.wrong("history", history.isEmpty()
                    ? "history is empty, so there is nothing to recommend by; give at least one item id"
                    : "none of history's items is known to the model, so there is nothing to recommend by");
        }
        return model.answer(model.ranker().recommend(items, k), model.unknown(history));
    }

    /**
     * The {@code k} items most alike to an item, without itself.
     *
     * @param k at least 1
     * @throws Problem 404 where the item is unknown
     */
    public Answer similar(String item, int k) {
        ServedModel model = serving.model();
        int number = model.ranker().catalogue().number(item);
        if (number == 0) {
            throw Problem.notFound("item", "item " + Fields.quoted(item) + " is not known");
        }
        return model.answer(model.ranker().similar(number, k), List.of());
    }
}
