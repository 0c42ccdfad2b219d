package io.padrec.recommend;

import io.padrec.serverless.Fields;
import io.padrec.serverless.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which items an answer may hold.
 *
 * @param k        how many at most
 * @param exclude  ids of items that it may not
 * @param allow    categories of which an item must have one
 * @param deny     categories of which it may have none
 * @param minScore lowest score
 */
record Choice(int k, List<String> exclude, Optional<Categories.Named> allow, Optional<Categories.Named> deny, float minScore) {
    static final int DEFAULT_K = 10;
    static final int MAX_K = 1000;
    private static final int MAX_EXCLUDED = 10_000;
    private static final int MAX_CATEGORIES = 1000;
    private static final int MAX_ID = 512;

    /**
     * @param fields {@code k}, {@code exclude}, {@code minScore}, and categories: a body's {@code categories}, a query's
     *               {@code allow} and {@code deny}
     */
    static Choice of(Fields fields, boolean query) {
        Optional<Fields> categories = query ? Optional.of(fields) : fields.object("categories", Set.of("allow", "deny"));
        return new Choice(fields.count("k", DEFAULT_K, MAX_K), ids(fields, "exclude", MAX_EXCLUDED).orElse(List.of()),
                categories.flatMap(of -> named(of, query, "allow")), categories.flatMap(of -> named(of, query, "deny")),
                (float) fields.number("minScore").orElse(Double.NEGATIVE_INFINITY));
    }

    private static Optional<Categories.Named> named(Fields fields, boolean query, String list) {
        String field = query ? list : "categories";
        String place = query ? list : "categories." + list;
        return fields.texts(list, MAX_CATEGORIES).map(names -> {
            if (names.isEmpty()) {
                throw Problem.wrong(field, place + " is empty; leave it out, or name at least one category");
            }
            return new Categories.Named(field, place, names);
        });
    }

    /** @throws Problem where one is longer than any item's can be */
    static Optional<List<String>> ids(Fields fields, String field, int most) {
        Optional<List<String>> ids = fields.texts(field, most);
        ids.ifPresent(list -> list.forEach(id -> checkId(field, id)));
        return ids;
    }

    /** @throws Problem where it is longer than any id can be */
    static Optional<String> id(Fields fields, String field) {
        Optional<String> id = fields.text(field);
        id.ifPresent(text -> checkId(field, text));
        return id;
    }

    private static void checkId(String field, String id) {
        if (id.length() > MAX_ID) {
            throw Problem.wrong(field, field + " holds an id of " + id.length() + " characters; ids have at most " + MAX_ID);
        }
    }
}
