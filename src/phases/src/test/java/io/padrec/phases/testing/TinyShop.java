package io.padrec.phases.testing;

import io.padrec.core.Histories;
import io.padrec.core.Item;
import io.padrec.core.Snapshot;
import io.padrec.core.UserHistory;
import io.padrec.store.Datasets;
import io.padrec.store.Embeddings;
import io.padrec.store.SnapshotRecord;
import io.padrec.store.Snapshots;
import io.padrec.training.testing.TinySnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A small world in the store, to train on in seconds. */
public final class TinyShop {
    private static final String ENCODER = "tiny";
    private static final long MINUTE = 60_000;

    private TinyShop() {
    }

    /** A snapshot of a dataset of that many users, whose interactions have times; another seed is another world. */
    public static SnapshotRecord stock(String dataset, int users, long seed, Datasets datasets, Embeddings embeddings,
            Snapshots snapshots) {
        Snapshot tiny = TinySnapshot.of(users, seed);
        List<Item> items = IntStream.rangeClosed(1, tiny.items())
                .mapToObj(item -> new Item(tiny.catalogue().id(item), dataset + " " + tiny.catalogue().title(item))).toList();
        datasets.save(dataset, "made up", items, histories(tiny));
        if (!embeddings.missing(dataset, ENCODER).isEmpty()) {
            embeddings.addSegment(dataset, ENCODER, items, IntStream.rangeClosed(1, tiny.items())
                    .mapToObj(item -> Arrays.copyOfRange(tiny.text(), item * tiny.textWidth(), (item + 1) * tiny.textWidth()))
                    .toArray(float[][]::new));
        }
        return snapshots.cut(dataset, ENCODER);
    }

    private static List<UserHistory> histories(Snapshot tiny) {
        Histories histories = tiny.histories();
        return IntStream.range(0, histories.users()).mapToObj(user -> new UserHistory(histories.user(user),
                IntStream.of(histories.first(user, histories.length(user))).mapToObj(tiny.catalogue()::id).toList(),
                LongStream.range(0, histories.length(user)).map(place -> MINUTE * (user % 50 + 10 * place)).toArray())).toList();
    }
}
