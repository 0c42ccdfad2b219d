package io.padrec.training.testing;

import io.padrec.core.Catalogue;
import io.padrec.core.Histories;
import io.padrec.core.Snapshot;
import io.padrec.core.Temporal;
import io.padrec.training.Recipe;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A small world with something to learn: items in clusters that their text tells, users that stay in a cluster. */
public final class TinySnapshot {
    public static final int ITEMS = 60;
    public static final int TEXT_WIDTH = 12;
    private static final int CLUSTERS = 6;
    /** The last of each cluster is never a training item. */
    private static final int UNSEEN_EVERY = 10;

    private TinySnapshot() {
    }

    public static Snapshot of(int users, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> ids = IntStream.rangeClosed(1, ITEMS).mapToObj(i -> "i" + i).toList();
        float[] text = new float[(ITEMS + 1) * TEXT_WIDTH];
        for (int i = 1; i <= ITEMS; i++) {
            for (int t = 0; t < TEXT_WIDTH; t++) {
                text[i * TEXT_WIDTH + t] = (float) (0.3 * random.nextGaussian() + (t == i % CLUSTERS ? 1 : 0));
            }
        }
        Histories.Builder histories = new Histories.Builder();
        for (int u = 0; u < users; u++) {
            int cluster = random.nextInt(CLUSTERS);
            int length = 3 + random.nextInt(8);
            int[] history = new int[length];
            for (int t = 0; t < length; t++) {
                boolean held = t >= length - 2 && random.nextInt(8) == 0;
                int row = held ? UNSEEN_EVERY - 1 : (int) (Math.pow(random.nextDouble(), 2) * (UNSEEN_EVERY - 1));
                history[t] = 1 + row * CLUSTERS + (cluster + (random.nextInt(6) == 0 ? 1 : 0)) % CLUSTERS;
            }
            histories.add("u" + u, history);
        }
        return new Snapshot(new Catalogue(ids, ids), histories.build(), text, TEXT_WIDTH);
    }

    /** The same world in time, some things at the same time, split by it. */
    public static Snapshot timed(int users, long seed) {
        Snapshot snapshot = of(users, seed);
        Histories histories = snapshot.histories();
        SplittableRandom random = new SplittableRandom(seed + 1);
        long[] times = new long[histories.interactions()];
        for (int u = 0; u < users; u++) {
            long time = random.nextInt(60);
            for (int i = histories.offsets()[u]; i < histories.offsets()[u + 1]; i++) {
                time += random.nextInt(10);
                times[i] = time;
            }
        }
        Histories timed = new Histories(histories.userIds(), histories.offsets(), histories.items(), times);
        return new Snapshot(snapshot.catalogue(), Temporal.of(timed), snapshot.text(), TEXT_WIDTH);
    }

    /** A recipe of the given name cut down to this world's size. */
    public static Recipe small(String name, int epochs) {
        Recipe r = Recipe.named(name).withEpochs(epochs);
        return r.with("width", 16).with("length", 6).with("projectionLayers", Math.min(1, r.projectionLayers()))
                .with("pretrain", small(r.pretrain())).with("text", small(r.text())).with("align", small(r.align()));
    }

    private static Recipe.Schedule small(Recipe.Schedule s) {
        return new Recipe.Schedule(s.epochs(), s.steps(), s.patience(), 5e-3f, s.cosine(), s.weightDecay(), s.dropout(), 32);
    }
}
