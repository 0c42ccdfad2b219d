package io.padrec.store;

import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Models that can be served; at most one of them is promoted, which is the one that is served. */
@StoreAccess
@ApplicationScoped
public class Models {
    private static final String SELECT = "SELECT id, dataset, bundle, metrics, promoted, created_at FROM model WHERE ";

    @Inject
    Artifacts artifacts;

    @Inject
    Outbox outbox;

    @Inject
    Reads reads;

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
        return promote(id, promotion -> List.of()).model();
    }

    /**
     * Makes this model the one that is served, and tells of it. Where it is served already nothing changes, nothing is told, and
     * the promotion is the one that made it so.
     *
     * @param telling what to tell
     * @throws PadrecException where there is no such model; the one that is served stays
     */
    @Transactional
    public Promotion promote(String id, Function<Promotion, List<Event>> telling) {
        lock();
        ModelRow row = ModelRow.withId(id).orElseThrow(() -> new PadrecException("there is no model '" + id
                + "'; 'models' lists them"));
        Optional<ModelRow> served = ModelRow.served();
        if (served.isPresent() && served.get().id.equals(id)) {
            return new Promotion(lastPromotion(), row.model(), previous().orElse(null));
        }
        served.ifPresent(before -> {
            before.promoted = false;
            // Written first: the index lets no two be promoted at any moment.
            before.flush();
        });
        row.promoted = true;
        row.flush();
        String previous = served.map(before -> before.id).orElse(null);
        long number = (Long) Panache.getSession().createNativeQuery(
                "INSERT INTO promotion (model_id, previous) VALUES (?1, ?2) RETURNING number", Long.class)
                .setParameter(1, id).setParameter(2, previous).getSingleResult();
        Promotion promotion = new Promotion(number, row.model(), previous);
        telling.apply(promotion).forEach(outbox::add);
        return promotion;
    }

    /**
     * Serves the model again that was served before the present one was promoted.
     *
     * @param telling what to tell
     * @throws PadrecException where there was none before
     */
    @Transactional
    public Promotion rollback(Function<Promotion, List<Event>> telling) {
        lock();
        return promote(previous().orElseThrow(() -> new PadrecException(
                "there is no model to roll back to: none was promoted before the present one")), telling);
    }

    /** The model before the present one. */
    private Optional<String> previous() {
        return Panache.getSession().createNativeQuery("SELECT previous FROM promotion WHERE number = ?1", String.class)
                .setParameter(1, lastPromotion()).getResultStream().map(String.class::cast)
                .filter(Objects::nonNull).findFirst();
    }

    private long lastPromotion() {
        return (Long) Panache.getSession().createNativeQuery("SELECT coalesce(max(number), 0) FROM promotion", Long.class).getSingleResult();
    }

    /** The model that is served; empty before the first was promoted. */
    @Transactional
    public Optional<Model> promoted() {
        return reads.first(Models::read, SELECT + "promoted");
    }

    /** All models, the oldest first. */
    @Transactional
    public List<Model> list() {
        return ModelRow.<ModelRow>listAll(Sort.by("createdAt").and("id")).stream().map(ModelRow::model).toList();
    }

    @Transactional
    public Optional<Model> find(String id) {
        return reads.first(Models::read, SELECT + "id = ?", id);
    }

    private static Model read(ResultSet row) throws SQLException {
        return new Model(row.getString(1), row.getString(2), row.getString(3), Json.parseObject(row.getString(4)), row.getBoolean(5),
                row.getTimestamp(6).toInstant());
    }

    /** One writer at a time, until the transaction ends; readers go on. */
    private void lock() {
        Panache.getSession().createNativeQuery("LOCK TABLE model IN SHARE ROW EXCLUSIVE MODE").executeUpdate();
    }
}
