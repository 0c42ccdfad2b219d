package io.padrec.store;

import io.padrec.core.Catalogue;
import io.padrec.core.Item;
import io.padrec.core.PadrecException;
import io.padrec.core.Snapshot;
import io.padrec.core.Split;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Immutable copies of a dataset with its text vectors, named by their content: what training runs see. */
@StoreAccess
@ApplicationScoped
public class Snapshots {
    @Inject
    Datasets datasets;

    @Inject
    Embeddings embeddings;

    @Inject
    DatasetContents contents;

    @Inject
    Artifacts artifacts;

    @Inject
    Outbox outbox;

    @Inject
    Reads reads;

    /**
     * Cuts a snapshot of the dataset as it is committed now, split by leave-one-out. The same content gives the same snapshot; a
     * file that is missing or was altered is written anew.
     *
     * @throws PadrecException where there is no such dataset, an item has no vector of this encoder yet, or the file cannot
     *                         be written
     */
    public SnapshotRecord cut(String dataset, String encoder) {
        return cut(dataset, encoder, Split.Kind.LEAVE_ONE_OUT);
    }

    /**
     * Cuts a snapshot that is split in some way, which is part of its content.
     *
     * @throws PadrecException also where the split takes times, and an interaction has none
     * @see #cut(String, String)
     */
    public SnapshotRecord cut(String dataset, String encoder, Split.Kind split) {
        return cut(dataset, encoder, split, snapshot -> List.of());
    }

    /**
     * Cuts a snapshot, and tells of it.
     *
     * @param telling what to tell
     * @see #cut(String, String, Split.Kind)
     */
    public SnapshotRecord cut(String dataset, String encoder, Split.Kind split, Function<SnapshotRecord, List<Event>> telling) {
        Snapshot snapshot = QuarkusTransaction.requiringNew().call(() -> assemble(dataset, encoder, split));
        // Outside a transaction: a big file takes a while. It is there before its row is.
        String hash = artifacts.add(Artifacts.SNAPSHOTS, snapshot::write);
        return QuarkusTransaction.requiringNew().call(() -> {
            SnapshotRecord record = record(hash, dataset, encoder, split, snapshot);
            telling.apply(record).forEach(outbox::add);
            return record;
        });
    }

    /**
     * @throws PadrecException where no such snapshot was cut, or its file is missing or was altered
     */
    public Snapshot read(String hash) {
        QuarkusTransaction.requiringNew().run(() -> check(hash));
        return artifacts.read(Artifacts.SNAPSHOTS + "/" + hash + ".snapshot", file -> Snapshot.read(file.getParent(), hash));
    }

    /** The dataset's snapshot of that hash. */
    @Transactional
    public Optional<SnapshotRecord> find(String hash, String dataset) {
        return reads.first(row -> new SnapshotRecord(hash, dataset, row.getString(1), Split.Kind.named(row.getString(2)),
                        row.getInt(3), row.getInt(4), row.getInt(5)),
                "SELECT encoder, split, users, items, interactions FROM snapshot WHERE hash = ? AND dataset = ?", hash, dataset);
    }

    /** All snapshots, the oldest first. */
    @Transactional
    public List<SnapshotRecord> list() {
        return SnapshotRow.<SnapshotRow>listAll(Sort.by("createdAt").and("hash")).stream().map(SnapshotRow::snapshot).toList();
    }

    /** The dataset's newest snapshot; empty before the first. */
    @Transactional
    public Optional<SnapshotRecord> newest(String dataset) {
        return SnapshotRow.<SnapshotRow>find("dataset", Sort.descending("createdAt", "hash"), dataset).firstResultOptional()
                .map(SnapshotRow::snapshot);
    }

    /** @throws PadrecException where no such snapshot was cut from the dataset */
    static void check(String hash, String dataset) {
        if (SnapshotRow.of(hash).stream().noneMatch(row -> row.dataset.equals(dataset))) {
            throw new PadrecException("there is no snapshot '" + hash + "' of dataset '" + dataset + "'; cut one first");
        }
    }

    /** @throws PadrecException where no such snapshot was cut */
    private static void check(String hash) {
        if (SnapshotRow.of(hash).isEmpty()) {
            throw new PadrecException("there is no snapshot '" + hash + "'; cut one from a dataset first");
        }
    }

    private Snapshot assemble(String dataset, String encoder, Split.Kind split) {
        contents.lockForReading(dataset);
        List<Item> items = datasets.items(dataset);
        Catalogue catalogue = new Catalogue(items.stream().map(Item::id).toList(), items.stream().map(Item::title).toList());
        Split histories = split.of(datasets.histories(dataset, catalogue));
        float[] text = embeddings.matrix(dataset, encoder, catalogue);
        return new Snapshot(catalogue, histories, text, text.length / (catalogue.size() + 1));
    }

    private static SnapshotRecord record(String hash, String dataset, String encoder, Split.Kind split, Snapshot snapshot) {
        SnapshotRow row = new SnapshotRow();
        row.hash = hash;
        row.dataset = dataset;
        row.encoder = encoder;
        row.split = split.toString();
        row.users = snapshot.histories().users();
        row.items = snapshot.items();
        row.interactions = snapshot.histories().interactions();
        row.createdAt = Clock.now();
        row.insertUnlessThere();
        return row.snapshot();
    }
}
