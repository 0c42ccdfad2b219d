package io.padrec.store;

import io.padrec.core.AtomicFiles;
import io.padrec.core.PadrecException;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
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
    long revision;

    @Column(name = "replaced_revision")
    long replacedRevision;

    @Column(name = "created_at")
    Instant createdAt;

    static Optional<DatasetRow> named(String name) {
        return find("name", name).firstResultOptional();
    }

    static DatasetRow get(String name) {
        return named(name).orElseThrow(() -> unknown(name));
    }

    static PadrecException unknown(String name) {
        return new PadrecException("there is no dataset '" + name + "'; import it first");
    }

    /** A new dataset that uploads fill. */
    static DatasetRow uploaded(String name) {
        DatasetRow row = new DatasetRow();
        row.name = name;
        row.origin = "uploaded";
        row.contentHash = "";
        row.createdAt = Clock.now();
        row.persistAndFlush();
        return row;
    }

    /** Notes that an upload changed so many rows: the content's hash becomes that of the way it came about. */
    void changed(long rows, String upload) {
        if (rows > 0) {
            contentHash = AtomicFiles.sha256((contentHash + " " + upload).getBytes(StandardCharsets.UTF_8));
        }
    }

    Dataset dataset() {
        return new Dataset(name, origin, contentHash, users, items, interactions);
    }
}
