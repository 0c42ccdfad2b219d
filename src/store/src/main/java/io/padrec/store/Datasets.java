package io.padrec.store;

import io.padrec.core.Catalogue;
import io.padrec.core.Histories;
import io.padrec.core.Item;
import io.padrec.core.PadrecException;
import io.padrec.core.UserHistory;
import io.quarkus.narayana.jta.runtime.TransactionConfiguration;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Array;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Items and their users' histories, by the dataset's name. */
@StoreAccess
@ApplicationScoped
public class Datasets {
    /** Twenty million interactions take minutes to write. */
    private static final int TIMEOUT_SECONDS = 2 * 3600;

    @Inject
    DatasetContents contents;

    @Inject
    Reads reads;

    /**
     * Keeps a dataset, whole or not at all. The content that is there already under this name is kept as it is; another
     * one replaces it, and what was made from the old one (snapshots, runs, models, vectors of unchanged texts) stays.
     * The character 0 is dropped from titles and texts; an empty title is fine.
     *
     * @param origin    a sentence for people
     * @param items     in the order of their numbers, ids distinct
     * @param histories item ids, oldest first, one history a user; an empty one is fine. Where there are times, they say the order
     * @throws PadrecException where an id is empty, longer than 512 characters, not text or twice there, there is no item,
     *                         or a history names an item that is not among the items; nothing is changed then
     */
    @Transactional
    @TransactionConfiguration(timeout = TIMEOUT_SECONDS)
    public Dataset save(String name, String origin, List<Item> items, List<UserHistory> histories) {
        Content content = Content.of(name, items, histories);
        String hash = content.hash();
        contents.lockForWriting(name);
        DatasetRow row = DatasetRow.named(name).orElseGet(DatasetRow::new);
        if (row.id != null) {
            contents.refresh(row);
        }
        row.origin = Content.clean(origin);
        if (hash.equals(row.contentHash)) {
            return row.dataset();
        }
        if (row.id != null) {
            contents.delete(row.id);
        }
        row.name = name;
        row.contentHash = hash;
        row.users = content.users().size();
        row.items = content.items().size();
        row.interactions = content.interactions();
        row.createdAt = Clock.now();
        row.revision++;
        row.replacedRevision = row.revision;
        row.persistAndFlush();
        contents.write(row.id, content);
        return row.dataset();
    }

    @Transactional
    public Optional<Dataset> find(String name) {
        return DatasetRow.named(name).map(DatasetRow::dataset);
    }

    /** All datasets, by name. */
    @Transactional
    public List<Dataset> list() {
        return DatasetRow.<DatasetRow>listAll(Sort.by("name")).stream().map(DatasetRow::dataset).toList();
    }

    /**
     * The items in import order.
     *
     * @throws PadrecException where there is no such dataset
     */
    @Transactional
    public List<Item> items(String dataset) {
        return contents.items(DatasetRow.get(dataset).id);
    }

    /**
     * Every user's history, in import order; with times where every interaction has one.
     *
     * @param catalogue numbers the items; made from {@link #items}
     * @throws PadrecException where there is no such dataset, or it has an item that the catalogue has not: the content was
     *                         replaced after the catalogue was made
     */
    @Transactional
    public Histories histories(String dataset, Catalogue catalogue) {
        contents.lockForReading(dataset);
        return contents.histories(DatasetRow.get(dataset), catalogue);
    }

    /**
     * How many interactions the user has who has most; 0 where there are none.
     *
     * @throws PadrecException where there is no such dataset
     */
    @Transactional
    public int longestHistory(String dataset) {
        return contents.longestHistory(DatasetRow.get(dataset).id);
    }

    /**
     * True where there are interactions, and each has a time.
     *
     * @throws PadrecException where there is no such dataset
     */
    @Transactional
    public boolean isTimed(String dataset) {
        return contents.isTimed(DatasetRow.get(dataset).id);
    }

    /**
     * One user's item ids, oldest first; empty where the dataset has no such user.
     *
     * @throws PadrecException where there is no such dataset
     */
    @Transactional
    public Optional<List<String>> history(String dataset, String user) {
        // An array keeps a user without interactions (empty) apart from no user (null).
        return reads.first(row -> row.getArray(1) == null ? Optional.<List<String>>empty() : Optional.of(texts(row.getArray(1))), """
                SELECT (SELECT array(SELECT i.id FROM interaction x JOIN item i ON i.dataset_id = x.dataset_id
                                                                               AND i.number = x.item_number
                                     WHERE x.dataset_id = u.dataset_id AND x.user_number = u.number
                                     ORDER BY x.occurred_at NULLS FIRST, x.position)
                        FROM dataset_user u WHERE u.dataset_id = d.id AND u.id = ?)
                FROM dataset d WHERE d.name = ?""", Content.clean(user), dataset)
                .orElseThrow(() -> DatasetRow.unknown(dataset));
    }

    /**
     * Names the items that changed, became available or not, or got their vector, since a revision.
     *
     * @param encoder whose vectors count
     * @param since   the revision of the last call; -1 for every item
     * @param each    told of each item
     * @throws PadrecException where there is no such dataset
     */
    @Transactional
    public ItemChanges changes(String dataset, String encoder, long since, Consumer<ItemState> each) {
        Revisions now = reads.first(row -> new Revisions(row.getLong(1), row.getLong(2), row.getLong(3)),
                "SELECT id, revision, replaced_revision FROM dataset WHERE name = ?", dataset)
                .orElseThrow(() -> DatasetRow.unknown(dataset));
        boolean complete = since < now.replaced;
        if (complete || since < now.last) {
            long from = complete ? -1 : since;
            reads.each(each, row -> new ItemState(row.getString(1), row.getString(2), texts(row.getArray(3)), row.getBoolean(4),
                    row.getBoolean(5)), "SELECT i.id, i.title, i.categories, i.available, e.item_id IS NOT NULL FROM item i "
                    + "LEFT JOIN embedding e ON " + EmbeddingRows.CURRENT
                    + " WHERE i.dataset_id = ? AND (i.revision > ? OR e.revision > ?) ORDER BY i.number",
                    encoder, now.dataset, from, from);
        }
        return new ItemChanges(now.last, complete);
    }

    private record Revisions(long dataset, long last, long replaced) {
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
