package io.padrec.recommend;

import io.padrec.serverless.Problem;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Puts a share of the questions to a candidate too, after they are answered, and compares the two lists. What the candidate says is
 * served to nobody, and nobody waits for it: where it falls behind, questions are dropped.
 */
@ApplicationScoped
class Shadow {
    static final String VARIANT = "shadow";
    private static final int WAITING = 64;

    @ConfigProperty(name = "padrec.recommend.shadow")
    Optional<String> candidate;

    @ConfigProperty(name = "padrec.recommend.shadow-share")
    double share;

    @Inject
    Serving serving;

    @Inject
    Meters meters;

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(0, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().priority(Thread.MIN_PRIORITY).name("padrec-shadow").factory(),
            (task, executor) -> meters.shadowDropped());

    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }

    /** Compares what was answered with what the candidate would answer, if this question is one of the share. */
    void compare(Asked asked, Answer answer) {
        if (candidate.isPresent() && asked.question().model().isEmpty() && ThreadLocalRandom.current().nextDouble() < share) {
            thread.execute(() -> compare(asked.question(), asked.history(), answer));
        }
    }

    private void compare(Question question, List<String> history, Answer answer) {
        Optional<Use> own = serving.use(candidate.get(), VARIANT);
        try (Use use = own.orElse(null)) {
            if (use != null && !use.model().id().equals(answer.model())) {
                Asked asked = Asked.of(question, use, Optional.of(history));
                meters.shadowed(use, asked.isPopular() ? 0 : overlap(answer,
                        asked.answer(use.model().ranker().recommend(asked.query()))));
            }
        } catch (Problem e) {
            // The candidate cannot answer what was answered: it knows none of the items, or a category that is gone meanwhile.
            meters.shadowed(own.orElseThrow(), 0);
        }
    }

    /** The share of the served items that the candidate would have served too; order does not count. */
    static double overlap(Answer served, Answer other) {
        Set<String> items = new HashSet<>(served.items().stream().map(Answer.RankedItem::item).toList());
        int size = items.size();
        items.removeAll(other.items().stream().map(Answer.RankedItem::item).toList());
        return size == 0 ? 1 : (size - items.size()) / (double) size;
    }
}
