package io.padrec.store;

import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Items and interactions that come in streams. An upload is stored whole, but for its rejected rows, or not at all: one that
 * breaks off leaves nothing, and can be sent again. However long it is, it takes little memory.
 */
@StoreAccess
@ApplicationScoped
public class Uploads {
    /** A slow sender may take its time: its transaction holds no lock before everything has come. */
    private static final int TIMEOUT_SECONDS = 24 * 3600;
    private static final int MAX_KEY = 255;

    @Inject
    DatasetContents contents;

    /**
     * Adds items to a dataset, or changes what is said of them; makes the dataset where it is missing. Rows with one id take effect
     * one after the other.
     *
     * @param key        the upload's Idempotency-Key; with one that was used before for the same bytes, nothing is changed and the
     *                   receipt of then comes back
     * @param rejections holds what the source could not read; ids that are none are added
     * @throws KeyReusedException where the key was used for something else
     * @throws PadrecException    where the dataset's name is none, or the source breaks off
     */
    public Receipt items(String dataset, Optional<String> key, RowSource<ItemRow> rows, Rejections rejections) {
        Content.checkId("dataset name", dataset);
        return once("items", dataset, key, rows, () -> Panache.getSession().doReturningWork(connection -> {
            long accepted = copying(rows, () -> ItemMerge.copy(connection, rows, rejections));
            contents.lockForWriting(dataset);
            DatasetRow row = DatasetRow.named(dataset).orElseGet(() -> DatasetRow.uploaded(dataset));
            contents.refresh(row);
            ItemMerge.Counts counts = ItemMerge.merge(connection, row.id, row.revision + 1);
            row.items = Math.toIntExact(row.items + counts.added());
            row.changed(counts.added() + counts.changed(), rows.sha256());
            row.revision += counts.added() + counts.changed() > 0 ? 1 : 0;
            return Receipt.of(dataset, accepted, counts.added(), counts.changed(), rejections);
        }));
    }

    /**
     * Adds interactions to users' histories; users who are missing are made. An interaction with a time that is there already
     * (same user, item and time) is not added again; one without a time always is. A row whose item the dataset does not have is
     * rejected.
     *
     * @throws PadrecException where there is no such dataset, or the source breaks off
     * @see #items
     */
    public Receipt interactions(String dataset, Optional<String> key, RowSource<InteractionRow> rows, Rejections rejections) {
        return once("interactions", dataset, key, rows, () -> Panache.getSession().doReturningWork(connection -> {
            DatasetRow.get(dataset);
            long copied = copying(rows, () -> InteractionMerge.copy(connection, rows, rejections));
            contents.lockForWriting(dataset);
            DatasetRow row = DatasetRow.get(dataset);
            contents.refresh(row);
            InteractionMerge.Counts counts = InteractionMerge.merge(connection, row.id, rejections);
            row.users = Math.toIntExact(row.users + counts.users());
            row.interactions = Math.toIntExact(row.interactions + counts.added());
            row.changed(counts.added(), rows.sha256());
            return Receipt.of(dataset, copied - counts.unknown(), counts.added(), 0, rejections);
        }));
    }

    @FunctionalInterface
    private interface Work {
        Receipt run();
    }

    @FunctionalInterface
    private interface Copying {
        long run() throws SQLException, IOException;
    }

    private Receipt once(String kind, String dataset, Optional<String> key, RowSource<?> rows, Work work) {
        key.ifPresent(name -> Content.checkName("Idempotency-Key", name, MAX_KEY));
        return QuarkusTransaction.joiningExisting().timeout(TIMEOUT_SECONDS).call(() -> {
            if (key.isEmpty()) {
                return work.run();
            }
            // The same upload sent twice at the same time: the second waits for the first.
            contents.lock("pg_advisory_xact_lock", "padrec.upload." + key.get());
            Optional<Object[]> before = Panache.getSession().createNativeQuery(
                    "SELECT kind, dataset, sha256, cast(receipt AS text) FROM upload WHERE key = ?1", Object[].class)
                    .setParameter(1, key.get()).uniqueResultOptional();
            if (before.isPresent()) {
                return repeated(key.get(), before.get(), List.of(kind, dataset, sha256(rows)));
            }
            Receipt receipt = work.run();
            Panache.getSession().createNativeMutationQuery(
                    "INSERT INTO upload (key, kind, dataset, sha256, receipt) VALUES (?1, ?2, ?3, ?4, cast(?5 AS jsonb))")
                    .setParameter(1, key.get()).setParameter(2, kind).setParameter(3, dataset)
                    .setParameter(4, rows.sha256()).setParameter(5, Json.write(receipt.toMap())).executeUpdate();
            return receipt;
        });
    }

    private static Receipt repeated(String key, Object[] before, List<String> now) {
        if (!List.of(before[0], before[1], before[2]).equals(now)) {
            throw new KeyReusedException(key);
        }
        return Receipt.of(Json.parseObject((String) before[3]));
    }

    private static String sha256(RowSource<?> rows) {
        try {
            while (rows.next() != null) {
                // Read for its hash alone.
            }
            return rows.sha256();
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    private static long copying(RowSource<?> rows, Copying copying) throws SQLException {
        try {
            return copying.run();
        } catch (IOException e) {
            // The copy stream wraps what the server said.
            if (e.getCause() instanceof SQLException sql) {
                throw sql;
            }
            throw brokenOff(e);
        }
    }

    private static PadrecException brokenOff(IOException e) {
        return new PadrecException("the upload broke off (" + e.getMessage() + "); nothing of it is stored, send it again", e);
    }
}
