package io.padrec.store;

import io.padrec.core.PadrecException;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

@Entity
@Table(name = "dataset")
class DatasetRow extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    String name;
    String origin;

    @Column(name = "content_hash")
    String contentHash;

    int users;
    int items;
    int interactions;

    @Column(name = "created_at")
    Instant createdAt;

    static Optional<DatasetRow> named(String name) {
        return find("name", name).firstResultOptional();
    }

    static DatasetRow get(String name) {
        return named(name).orElseThrow(() -> new PadrecException("there is no dataset '" + name + "'; import it first"));
    }

    Dataset dataset() {
        return new Dataset(name, origin, contentHash, users, items, interactions);
    }
}
