package io.padrec.store;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@Entity
@Table(name = "embedding_segment")
class SegmentRow extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(name = "dataset_id")
    long datasetId;

    String encoder;
    String sha256;
    int width;
    int vectors;

    @Column(name = "created_at")
    Instant createdAt;

    /** The encoder's segments; they all have one width. */
    static List<SegmentRow> of(long dataset, String encoder) {
        return list("datasetId = ?1 and encoder = ?2", dataset, encoder);
    }

    static Optional<SegmentRow> of(long dataset, String encoder, String sha256) {
        return find("datasetId = ?1 and encoder = ?2 and sha256 = ?3", dataset, encoder, sha256).firstResultOptional();
    }
}
