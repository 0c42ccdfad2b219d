package io.padrec.store;

import io.padrec.core.Catalogue;
import io.padrec.core.Item;
import io.padrec.core.PadrecException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Text vectors of a dataset's items, by encoder. Vectors come in segments, each an immutable file; rows say which item's
 * vector stands where, and of which text it was made.
 */
@StoreAccess
@ApplicationScoped
public class Embeddings {
    /** A remote encoder may take its time over a segment. */
    private static final int TIMEOUT_SECONDS = 3600;

    @Inject
    Artifacts artifacts;

    @Inject
    Outbox outbox;

    @Inject
    EmbeddingRows rows;

    @Inject
    DatasetContents contents;

    /**
     * The items whose present text has no vector of this encoder, in import order. A text that changed counts as missing,
     * and so does a vector whose file is gone.
     *
     * @throws PadrecException where there is no such dataset
     */
    @Transactional
    public List<Item> missing(String dataset, String encoder) {
        return missing(dataset, encoder, Integer.MAX_VALUE);
    }

    private List<Item> missing(String dataset, String encoder, int most) {
        long id = DatasetRow.get(dataset).id;
        return rows.missing(id, encoder, gone(id, encoder), most);
    }

    /**
     * How many items are {@link #missing}.
     *
     * @throws PadrecException where there is no such dataset
     */
    @Transactional
    public long waiting(String dataset, String encoder) {
        long id = DatasetRow.get(dataset).id;
        return rows.waiting(id, encoder, gone(id, encoder));
    }

    private List<Long> gone(long dataset, String encoder) {
        Set<String> present = artifacts.files(Artifacts.SEGMENTS);
        return SegmentRow.of(dataset, encoder).stream()
                .filter(segment -> !present.contains(SegmentFile.artifact(segment.sha256))).map(segment -> segment.id).toList();
    }

    /**
     * Encodes the next items whose present text has no vector, and keeps the vectors. One process at a time does so for a
     * dataset and an encoder, others wait: items come in import order, so that the segments, and with them the last bits of
     * the vectors, are the same however often the work was cut off.
     *
     * @param most    items at most
     * @param encode  gives the vectors of items, [n, T]
     * @param telling what to tell of the segment
     * @return the segment; empty where no item waits
     * @throws PadrecException where there is no such dataset, or the vectors are none
     */
    public Optional<Segment> embedNext(String dataset, String encoder, int most, Function<List<Item>, float[][]> encode,
            Function<Segment, List<Event>> telling) {
        Content.checkEncoder(encoder);
        return QuarkusTransaction.joiningExisting().timeout(TIMEOUT_SECONDS).call(() -> {
            contents.lock("pg_advisory_xact_lock", "padrec.embed." + dataset + " " + encoder);
            List<Item> items = missing(dataset, encoder, most);
            if (items.isEmpty()) {
                return Optional.empty();
            }
            Segment segment = keep(dataset, encoder, items, encode.apply(items));
            telling.apply(segment).forEach(outbox::add);
            return Optional.of(segment);
        });
    }

    /**
     * Keeps the vectors of some items, all or none. Vectors that are there already for these items are superseded.
     *
     * @param items   with the texts that were encoded
     * @param vectors [n, T], a row for each item; T is the same for all of an encoder's vectors
     * @throws PadrecException where the shape is wrong, an item stands twice, a number is not finite, or there is no such
     *                         dataset
     */
    @Transactional
    public void addSegment(String dataset, String encoder, List<Item> items, float[][] vectors) {
        Content.checkEncoder(encoder);
        keep(dataset, encoder, items, vectors);
    }

    private Segment keep(String dataset, String encoder, List<Item> items, float[][] vectors) {
        contents.lockForWriting(dataset);
        DatasetRow row = DatasetRow.get(dataset);
        contents.refresh(row);
        int width = checkedWidth(row, encoder, items, vectors);
        // The file first: a row never points at a file that is not there. A file without rows only takes space.
        String sha256 = artifacts.add(Artifacts.SEGMENTS, folder -> SegmentFile.write(folder, items, vectors));
        SegmentRow segment = SegmentRow.of(row.id, encoder, sha256).orElseGet(SegmentRow::new);
        if (segment.id == null) {
            segment.datasetId = row.id;
            segment.encoder = encoder;
            segment.sha256 = sha256;
            segment.width = width;
            segment.vectors = vectors.length;
            segment.createdAt = Clock.now();
            segment.persistAndFlush();
        }
        row.revision++;
        rows.point(segment, items, row.revision);
        return new Segment(dataset, encoder, sha256, items.size());
    }

    /**
     * The vectors of all items, [N + 1, T] row by row in the catalogue's order, row 0 zero.
     *
     * @param catalogue the dataset's items, from {@link Datasets#items}
     * @throws PadrecException where there is no such dataset, an item has no vector of this encoder for its present text, or
     *                         a segment's file is missing or was altered
     */
    @Transactional
    public float[] matrix(String dataset, String encoder, Catalogue catalogue) {
        DatasetRow row = DatasetRow.get(dataset);
        SegmentRow any = SegmentRow.of(row.id, encoder).stream().findFirst().orElseThrow(() -> new PadrecException(
                "dataset '" + dataset + "' has no vectors of encoder '" + encoder + "'; embed its items first"));
        long length = (catalogue.size() + 1L) * any.width;
        if (length > Integer.MAX_VALUE - 8) {
            throw new PadrecException("the vectors of dataset '" + dataset + "' (" + catalogue.size() + " items of width "
                    + any.width + ") do not fit one array; use an encoder of smaller width");
        }
        float[] matrix = new float[(int) length];
        int found = 0;
        long read = -1;
        float[] vectors = null;
        for (EmbeddingRows.Place place : rows.places(row.id, encoder, null)) {
            if (place.segment() != read) {
                read = place.segment();
                vectors = segment(place.sha256());
            }
            int item = catalogue.number(place.item());
            if (item > 0) {
                System.arraycopy(vectors, place.row() * any.width, matrix, item * any.width, any.width);
                found++;
            }
        }
        if (found < catalogue.size()) {
            throw new PadrecException((catalogue.size() - found) + " of " + catalogue.size() + " items of dataset '" + dataset
                    + "' have no vector of encoder '" + encoder + "'; embed them first");
        }
        return matrix;
    }

    /**
     * The vectors of some items.
     *
     * @param ids of which items
     * @return by id, [T] each; items without a vector of their present text are not there
     * @throws PadrecException where there is no such dataset, or a segment's file is missing or was altered
     */
    @Transactional
    public Map<String, float[]> vectors(String dataset, String encoder, List<String> ids) {
        Map<String, float[]> found = new HashMap<>();
        long read = -1;
        float[] vectors = null;
        for (EmbeddingRows.Place place : rows.places(rows.dataset(dataset), encoder, ids)) {
            if (place.segment() != read) {
                read = place.segment();
                vectors = segment(place.sha256());
            }
            found.put(place.item(), Arrays.copyOfRange(vectors, place.row() * place.width(), (place.row() + 1) * place.width()));
        }
        return found;
    }

    private float[] segment(String sha256) {
        return artifacts.read(SegmentFile.artifact(sha256), file -> SegmentFile.vectors(file, sha256));
    }

    private static int checkedWidth(DatasetRow dataset, String encoder, List<Item> items, float[][] vectors) {
        String what = "vectors of encoder '" + encoder + "' for dataset '" + dataset.name + "'";
        if (items.isEmpty() || vectors.length != items.size()) {
            throw new PadrecException(what + ": " + vectors.length + " for " + items.size() + " items; give one for each item");
        }
        int width = SegmentRow.of(dataset.id, encoder).stream().findFirst().map(row -> row.width).orElse(vectors[0].length);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < vectors.length; i++) {
            Content.checkId("item id", items.get(i).id());
            if (!ids.add(items.get(i).id())) {
                throw new PadrecException(what + ": item '" + items.get(i).id() + "' stands twice; give one vector for each item");
            }
            if (vectors[i].length != width || width == 0) {
                throw new PadrecException(what + ": item '" + items.get(i).id() + "' has " + vectors[i].length
                        + " numbers, not " + width + "; give vectors of one width");
            }
            for (float value : vectors[i]) {
                if (!Float.isFinite(value)) {
                    throw new PadrecException(what + ": item '" + items.get(i).id() + "' has the number " + value
                            + "; every number must be finite");
                }
            }
        }
        return width;
    }
}
