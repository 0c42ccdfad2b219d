package io.padrec.recommend;

import io.padrec.serverless.Fields;
import io.padrec.serverless.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What to recommend, and to whom.
 *
 * @param user        whose history is looked up where none is given; in any case it says which variant answers
 * @param history     item ids, oldest first
 * @param includeSeen items of the history may be recommended again
 * @param explain     items are given with those of the history that are nearest to them
 * @param model       id of the model that must answer
 */
record Question(Optional<String> user, Optional<List<String>> history, Choice choice, boolean includeSeen, boolean explain,
        Optional<String> model) {
    static final int MAX_HISTORY = 5000;
    private static final Set<String> COMMON = Set.of("user", "history", "k", "exclude", "includeSeen", "minScore", "explain", "model");
    /** Fields of a body. */
    static final Set<String> BODY = with("categories");
    /** Fields of a query. */
    static final Set<String> QUERY = with("allow", "deny");

    private static Set<String> with(String... more) {
        Set<String> fields = new HashSet<>(COMMON);
        fields.addAll(List.of(more));
        return Set.copyOf(fields);
    }

    /** @throws Problem 400 where a field is wrong, or neither user nor history is given */
    static Question of(Fields fields, boolean query) {
        Optional<String> user = Choice.id(fields, "user");
        Optional<List<String>> history = Choice.ids(fields, "history", MAX_HISTORY);
        Question question = new Question(user, history, Choice.of(fields, query), fields.flag("includeSeen"),
                fields.flag("explain"), Choice.id(fields, "model"));
        if (user.isEmpty() && history.isEmpty()) {
            throw Problem.wrong("user", "neither user nor history is given; give a user's id, or a list of item ids as history");
        }
        return question;
    }

    /** @throws Problem 400 as {@link #of(Fields, boolean)} */
    static Question of(Map<String, Object> body) {
        return of(Fields.of(body, BODY), false);
    }

    /** What decides which variant of a split answers: the user, so that one user always gets the same. */
    String splitKey() {
        return user.orElseGet(() -> String.join("\n", history.orElse(List.of())));
    }
}
