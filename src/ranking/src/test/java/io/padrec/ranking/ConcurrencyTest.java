package io.padrec.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
    private static final int THREADS = 8;
    private static final int[][] HISTORIES = {{1}, {2, 3}, {4, 5, 6}, {7, 8, 9, 10}, {11, 11}, {90, 80, 70, 60, 50, 40}};

    private static Ranker ranker(long seed) {
        return Ranker.of(RandomBundle.of(600, seed).whitening(5, 6).sasRec("id", 8, 2, 2, 5).ids("id", 8)
                .mean("text", 6, 5, 0.8).build(), "random");
    }

    /** The last digits of a score may change when the JIT has compiled a loop: it adds up in another order. */
    private static void assertSame(List<Recommendation> expected, List<Recommendation> list) {
        assertEquals(expected.stream().map(Recommendation::item).toList(), list.stream().map(Recommendation::item).toList());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i).score(), list.get(i).score(), 1e-4);
            assertArrayEquals(expected.get(i).shares(), list.get(i).shares(), 1e-4f);
        }
    }

    private static void inThreads(Callable<Void> work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<Void>> running = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                running.add(threads.submit(work));
            }
            for (Future<Void> future : running) {
                future.get();
            }
        }
    }

    @Test
    void manyThreadsGetTheAnswersThatOneGets() throws Exception {
        Ranker ranker = ranker(1);
        List<List<Recommendation>> expected = Arrays.stream(HISTORIES).map(h -> ranker.recommend(h, 20)).toList();
        List<List<Recommendation>> similar = IntStream.range(1, 7).mapToObj(i -> ranker.similar(i, 5)).toList();
        inThreads(() -> {
            for (int i = 0; i < 600; i++) {
                assertSame(expected.get(i % 6), ranker.recommend(HISTORIES[i % 6], 20));
                assertSame(similar.get(i % 6), ranker.similar(1 + i % 6, 5));
            }
            return null;
        });
    }

    @Test
    void itemsThatComeAndGoDisturbNoRequest() throws Exception {
        Ranker ranker = ranker(2);
        float[] before = ranker.scores(HISTORIES[3]);
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 1500; i++) {
                ranker.add("new-" + i, "", new float[] {i, 1, 2, 3, 4});
                ranker.remove("new-" + i / 2);
                ranker.remove("item-" + (1 + i % 300));
                ranker.add("item-" + (1 + i % 300), "", new float[5]);
            }
            done.set(true);
        });
        inThreads(() -> {
            while (!done.get()) {
                float[] scores = ranker.scores(HISTORIES[3]);
                for (int i = 1; i <= 600; i++) {
                    assertEquals(before[i], scores[i], 1e-4);
                }
                for (Recommendation r : ranker.recommend(HISTORIES[3], 50)) {
                    assertTrue(r.item() >= 1 && r.item() <= ranker.items());
                    assertEquals(r.score(), r.shares()[0] + r.shares()[1], 1e-3);
                }
            }
            return null;
        });
        writer.join();
        assertEquals(600 + 1500, ranker.items());
    }

    @Test
    void requestsUnderWayOutliveTheClosingAndLaterOnesAreRefused() throws Exception {
        for (int round = 0; round < 20; round++) {
            Ranker ranker = ranker(3);
            List<Recommendation> expected = ranker.recommend(HISTORIES[2], 20);
            Thread closer = Thread.ofPlatform().start(ranker::close);
            inThreads(() -> {
                for (int i = 0; i < 100; i++) {
                    try {
                        assertSame(expected, ranker.recommend(HISTORIES[2], 20));
                    } catch (IllegalStateException e) {
                        assertEquals("the ranker is closed", e.getMessage());
                    }
                }
                return null;
            });
            closer.join();
            assertThrows(IllegalStateException.class, () -> ranker.recommend(HISTORIES[2], 20));
            assertThrows(IllegalStateException.class, () -> ranker.add("new", "", new float[5]));
            ranker.close();
        }
    }

    @Test
    void whoRetainsARankerMayUseItAfterItsClosing() {
        Ranker ranker = ranker(4);
        List<Recommendation> expected = ranker.recommend(HISTORIES[2], 20);
        assertTrue(ranker.retain());
        ranker.close();
        assertFalse(ranker.retain());
        assertSame(expected, ranker.recommend(HISTORIES[2], 20));
        ranker.release();
        assertThrows(IllegalStateException.class, () -> ranker.recommend(HISTORIES[2], 20));
    }
}
