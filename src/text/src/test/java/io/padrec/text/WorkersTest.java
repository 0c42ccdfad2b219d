package io.padrec.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkersTest {
    private static final List<Integer> PARTS = IntStream.range(0, 500).boxed().toList();

    @Test
    void everyPartIsWorkedOnOnce() throws Exception {
        for (int threads : new int[] {1, 3}) {
            Set<Integer> done = ConcurrentHashMap.newKeySet();
            Workers.run(PARTS, threads, part -> assertTrue(done.add(part)));
            assertEquals(500, done.size());
        }
    }

    @Test
    void asManyPartsAreUnderWayAsThereAreThreads() throws Exception {
        CountDownLatch together = new CountDownLatch(3);
        Workers.run(PARTS.subList(0, 3), 3, part -> {
            together.countDown();
            together.await();
        });
    }

    @Test
    void theFirstFailureEndsTheOthers() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch waiting = new CountDownLatch(1);
        var thrown = assertThrows(ExecutionException.class, () -> Workers.run(PARTS, 2, part -> {
            if (part == 0) {
                waiting.await();
                throw new IllegalStateException("part 0");
            }
            waiting.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.set(true);
                throw e;
            }
        }));
        assertEquals("part 0", thrown.getCause().getMessage());
        assertTrue(interrupted.get());
    }

    @Test
    void aFailureOnTheCallingThreadIsTold() {
        IllegalStateException failure = new IllegalStateException();
        assertSame(failure, assertThrows(ExecutionException.class, () -> Workers.run(PARTS, 1, part -> {
            throw failure;
        })).getCause());
    }

    @Test
    void anInterruptedCallerDoesNoWork() {
        for (int threads : new int[] {1, 2}) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, () -> Workers.run(PARTS, threads, part -> new CountDownLatch(1).await()));
            assertFalse(Thread.currentThread().isInterrupted());
        }
    }
}
