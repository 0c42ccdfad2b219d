package io.padrec.store;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.hibernate.annotations.ColumnTransformer;

@Entity
@Table(name = "model")
class ModelRow extends PanacheEntityBase {
    @Id
    String id;

    String dataset;

    @Column(name = "run_id")
    String runId;

    String bundle;

    @Convert(converter = JsonColumn.class)
    @ColumnTransformer(write = JsonColumn.WRITE)
    Map<String, Object> metrics;

    boolean promoted;

    @Column(name = "created_at")
    Instant createdAt;

    static Optional<ModelRow> withId(String id) {
        return findByIdOptional(id);
    }

    static Optional<ModelRow> served() {
        return find("promoted").firstResultOptional();
    }

    Model model() {
        return new Model(id, dataset, bundle, metrics, promoted, createdAt);
    }
}
