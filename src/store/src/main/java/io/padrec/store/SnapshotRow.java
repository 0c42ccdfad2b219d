package io.padrec.store;

import io.padrec.core.Split;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;

@Entity
@Table(name = "snapshot")
@IdClass(SnapshotRow.Key.class)
class SnapshotRow extends PanacheEntityBase {
    record Key(String hash, String dataset, String encoder) implements Serializable {
    }

    @Id
    String hash;

    @Id
    String dataset;

    @Id
    String encoder;

    String split;
    int users;
    int items;
    int interactions;

    @Column(name = "created_at")
    Instant createdAt;

    static List<SnapshotRow> of(String hash) {
        return list("hash", hash);
    }

    /** Two processes may cut the same snapshot at the same time. */
    void insertUnlessThere() {
        getEntityManager().createNativeQuery("""
                INSERT INTO snapshot (hash, dataset, encoder, split, users, items, interactions, created_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING""")
                .setParameter(1, hash).setParameter(2, dataset).setParameter(3, encoder).setParameter(4, split)
                .setParameter(5, users).setParameter(6, items).setParameter(7, interactions).setParameter(8, createdAt).executeUpdate();
    }

    SnapshotRecord snapshot() {
        return new SnapshotRecord(hash, dataset, encoder, Split.Kind.named(split), users, items, interactions);
    }
}
