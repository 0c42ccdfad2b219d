package io.padrec.recommend;

import io.padrec.serverless.Fields;
import io.padrec.serverless.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which models serve. Others take their places by a pointer swap; requests in flight finish on the model that they began with.
 */
@ApplicationScoped
class Serving {
    /** The models of one moment: the promoted one, and by their ids those of other variants and of the shadow. */
    record Lineup(ServedModel promoted, Map<String, ServedModel> others) {
        static final Lineup NONE = new Lineup(null, Map.of());

        Optional<ServedModel> find(String id) {
            return promoted != null && promoted.id().equals(id) ? Optional.of(promoted) : Optional.ofNullable(others.get(id));
        }
    }

    private volatile Lineup lineup = Lineup.NONE;
    private volatile Split split = Split.of(List.of());
    private volatile String refused;
    private volatile boolean storeDown;

    /** Divides requests from now on. */
    void divide(Split by) {
        split = by;
    }

    Split split() {
        return split;
    }

    Lineup lineup() {
        return lineup;
    }

    void serve(Lineup next) {
        lineup = next;
    }

    /**
     * The model that answers whoever this is. A variant whose model is not there is answered by the promoted one, under its name.
     *
     * @throws Problem 503 where there is no model yet
     */
    Use use(String splitKey) {
        Split.Variant variant = split.of(splitKey);
        while (true) {
            Lineup now = lineup;
            if (now.promoted == null) {
                throw Problem.unavailable(reason());
            }
            ServedModel own = variant.isPromoted() ? now.promoted : now.find(variant.model()).orElse(null);
            ServedModel model = own == null ? now.promoted : own;
            // It is freed only after another lineup took its place.
            if (model.retain()) {
                return new Use(model, own == null ? Split.PROMOTED : variant.name());
            }
        }
    }

    /** The model of that id, if it serves. */
    Optional<Use> use(String id, String as) {
        return lineup.find(id).filter(ServedModel::retain).map(model -> new Use(model, as));
    }

    private String reason() {
        if (refused != null) {
            return "the promoted model " + Fields.quoted(refused) + " cannot be loaded; the log says why";
        }
        return storeDown ? "no model is served yet: the database that knows which one does not answer; try again"
                : "no model is promoted yet; train one, or try again when its training has ended";
    }

    /** The promoted model, or that of the folder. */
    Optional<ServedModel> current() {
        return Optional.ofNullable(lineup.promoted);
    }

    /** Notes the promoted model that could not be loaded, or null; the one before it stays. */
    void refuse(String id) {
        refused = id;
    }

    /** The id of the promoted model that could not be loaded, if that is how things stand. */
    Optional<String> refused() {
        return Optional.ofNullable(refused);
    }

    /** Notes whether the store could be asked which model is promoted. */
    void storeDown(boolean down) {
        storeDown = down;
    }

    boolean isStoreDown() {
        return storeDown;
    }
}
