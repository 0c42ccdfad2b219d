package io.padrec.recommend;

import io.padrec.store.InteractionRow;
import io.padrec.store.ItemRow;
import io.padrec.store.Rejections;
import io.padrec.store.RowSource;
import io.padrec.store.Uploads;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Items and interactions as they come in while a model serves. */
final class Uploaded {
    private Uploaded() {
    }

    static void items(Uploads uploads, ItemRow... rows) {
        uploads.items(Shop.DATASET, Optional.empty(), source(List.of(rows)), new Rejections());
    }

    static ItemRow item(String id, String title, Boolean available, String... categories) {
        return new ItemRow(1, id, title, categories.length == 0 ? null : List.of(categories), available);
    }

    static void interaction(Uploads uploads, String user, String item) {
        uploads.interactions(Shop.DATASET, Optional.empty(), source(List.of(new InteractionRow(1, user, item, null))),
                new Rejections());
    }

    private static <T> RowSource<T> source(List<T> rows) {
        Iterator<T> left = rows.iterator();
        return new RowSource<>() {
            @Override
            public T next() {
                return left.hasNext() ? left.next() : null;
            }

            @Override
            public String sha256() {
                return Integer.toHexString(rows.hashCode());
            }
        };
    }
}
