package io.padrec.recommend;

import io.padrec.serverless.Fields;
import io.padrec.serverless.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Which model is served. Another one takes its place by a pointer swap; requests in flight finish on the one they began with. */
@ApplicationScoped
class Serving {
    private volatile ServedModel model;
    private volatile String refused;
    private volatile boolean storeDown;

    /** @throws Problem 503 where there is no model yet */
    ServedModel model() {
        return current().orElseThrow(() -> Problem.unavailable(reason()));
    }

    private String reason() {
        if (refused != null) {
            return "the promoted model " + Fields.quoted(refused) + " cannot be loaded; the log says why";
        }
        return storeDown ? "no model is served yet: the database that knows which one does not answer; try again"
                : "no model is promoted yet; train one, or try again when its training has ended";
    }

    Optional<ServedModel> current() {
        return Optional.ofNullable(model);
    }

    void serve(ServedModel next) {
        model = next;
        refused = null;
    }

    /** Notes that a promoted model could not be loaded; the present one stays. */
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
