package io.padrec.store;

import io.padrec.core.PadrecException;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Models that can be served; at most one of them is promoted, which is the one that is served. */
@StoreAccess
@ApplicationScoped
public class Models {
    @Inject
    EntityManager entities;

    @Inject
    Artifacts artifacts;

    /**
     * Keeps a model. Registered again under the same id, it takes the new bundle and figures and stays promoted if it was.
     *
     * @param runId   the run that made it; null for a model from elsewhere
     * @param bundle  a path relative to the artifacts, where the bundle lies already
     * @param metrics JSON values
     * @throws PadrecException where the id is no name, or run or bundle are not there
     */
    @Transactional
    public Model register(String id, String dataset, String runId, String bundle, Map<String, Object> metrics) {
        Content.checkId("model id", id);
        if (runId != null && RunRow.withId(runId).isEmpty()) {
            throw new PadrecException("model '" + id + "': there is no run '" + runId + "'");
        }
        if (!artifacts.exists(bundle)) {
            throw new PadrecException("model '" + id + "': there is no bundle " + artifacts.place(bundle)
                    + "; write it first");
        }
        lock();
        ModelRow row = ModelRow.withId(id).orElseGet(ModelRow::new);
        row.dataset = dataset;
        row.runId = runId;
        row.bundle = bundle;
        row.metrics = JsonColumn.normal(metrics);
        if (row.id == null) {
            row.id = id;
            row.createdAt = Clock.now();
            row.persist();
        }
        return row.model();
    }

    /**
     * Makes this model the one that is served, and no other.
     *
     * @throws PadrecException where there is no such model; the one that is served stays
     */
    @Transactional
    public Model promote(String id) {
        lock();
        ModelRow row = ModelRow.withId(id).orElseThrow(() -> new PadrecException("there is no model '" + id
                + "'; 'models' lists them"));
        ModelRow.served().filter(served -> !served.id.equals(id)).ifPresent(served -> {
            served.promoted = false;
            // Written first: the index lets no two be promoted at any moment.
            served.flush();
        });
        row.promoted = true;
        return row.model();
    }

    /** The model that is served; empty before the first was promoted. */
    @Transactional
    public Optional<Model> promoted() {
        return ModelRow.served().map(ModelRow::model);
    }

    /** All models, the oldest first. */
    @Transactional
    public List<Model> list() {
        return ModelRow.<ModelRow>listAll(Sort.by("createdAt").and("id")).stream().map(ModelRow::model).toList();
    }

    @Transactional
    public Optional<Model> find(String id) {
        return ModelRow.withId(id).map(ModelRow::model);
    }

    /** One writer at a time, until the transaction ends; readers go on. */
    private void lock() {
        entities.createNativeQuery("LOCK TABLE model IN SHARE ROW EXCLUSIVE MODE").executeUpdate();
    }
}
