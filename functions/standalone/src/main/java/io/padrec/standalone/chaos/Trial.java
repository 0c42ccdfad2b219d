package io.padrec.standalone.chaos;

import io.padrec.core.PadrecException;
import io.padrec.core.Split;
import io.padrec.standalone.chain.Chain;
import io.padrec.standalone.chain.Wish;
import io.padrec.standalone.local.Copies;
import io.padrec.standalone.local.Local;
import io.padrec.standalone.local.Up;
import io.padrec.standalone.pipeline.Source;
import io.padrec.standalone.terminal.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The pipeline of the sample twice: in peace, and in a storm. */
public final class Trial {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration SETTLING = Duration.ofMinutes(3);
    private static final int COPIES = 3;

    private final Local.Plan plan;
    private final Weather weather;
    private final Output output;
    private final String word;

    /**
     * @param plan where and how the functions are started
     * @param word an argument of this process's command line that no other program has
     */
    public Trial(Local.Plan plan, Weather weather, Output output, String word) {
        this.plan = plan;
        this.weather = weather;
        this.output = output;
        this.word = word;
    }

    /**
     * Runs both passes, each in a home folder of its own, empty and held by the caller.
     *
     * @throws PadrecException where a pass does not come to its end
     */
    public Outcome run(Path calmHome, Path stormHome) {
        long began = System.nanoTime();
        output.note("chaos: first, undisturbed");
        Facts calm;
        try (Local local = open(calmHome, Copies.ONE)) {
            pipeline(calmHome);
            calm = facts(local, calmHome);
        }
        double calmSeconds = (System.nanoTime() - began) / 1e9;

        output.note("chaos: now once more, disturbed: every event " + COPIES + " times, in any order, and "
                + weather.kills() + " kills");
        Random random = new Random(weather.seed());
        Log log = new Log(output);
        Copies shuffled = () -> random.longs(COPIES, 0, weather.latest().toMillis() + 1).mapToObj(Duration::ofMillis).toList();
        try (Local local = open(stormHome, shuffled)) {
            local.startSecond(Workers.DOUBLED.title(), Workers.SECOND);
            CompletableFuture<Void> storm = CompletableFuture.runAsync(new Storm(local, weather, log),
                    task -> Thread.ofPlatform().name("padrec-chaos-storm").daemon().start(task));
            pipeline(stormHome);
            finish(storm);
            Facts disturbed = facts(local, stormHome);
            pipeline(stormHome);
            Facts again = facts(local, stormHome);
            return new Outcome(weather, log, calmSeconds, (System.nanoTime() - began) / 1e9 - calmSeconds,
                    Check.ofDeeds(log, weather), Check.ofFacts(calm, disturbed, again, deadLetters(stormHome)));
        }
    }

    private Local open(Path home, Copies copies) {
        new Up(home).claim(word);
        return Local.start(home, new Local.Plan(plan.root(), plan.manifests(), plan.portBase(), weather.settings(), copies), output);
    }

    /** Cut off where it takes too long. */
    private void pipeline(Path home) {
        Thread caller = Thread.currentThread();
        CompletableFuture<Void> over = new CompletableFuture<>();
        over.orTimeout(weather.patience().toSeconds(), TimeUnit.SECONDS).exceptionally(e -> {
            caller.interrupt();
            return null;
        });
        try {
            Source sample = new Source("sample", Optional.empty(), Optional.empty());
            new Chain(new Up(home), new Wish(sample, Split.Kind.LEAVE_ONE_OUT, "paper", "sasrec", 1,
                    Optional.of(weather.epochs())), output).run(0);
        } finally {
            over.complete(null);
        }
    }

    private static void finish(CompletableFuture<Void> storm) {
        try {
            storm.join();
        } catch (CompletionException e) {
            throw new PadrecException("the disturbance itself failed: " + e.getCause().getMessage(), e);
        }
    }

    /** Once nothing is on its way any more. */
    private Facts facts(Local local, Path home) {
        long deadline = System.nanoTime() + SETTLING.toNanos();
        while (true) {
            if (local.isIdle() && local.ask(Facts::isQuiet).orElse(false)) {
                Optional<Facts> facts = local.ask(connection -> Facts.of(connection, home.resolve("artifacts")));
                if (facts.isPresent()) {
                    return facts.get();
                }
            }
            if (System.nanoTime() > deadline) {
                throw new PadrecException("events are still on their way " + SETTLING.toMinutes() + " minutes after the pipeline's end");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PadrecException("stopped while events were on their way", e);
        }
    }

    private static List<String> deadLetters(Path home) {
        Path file = home.resolve("dead-letters.ndjson");
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new PadrecException("cannot read " + file + ": " + e, e);
        }
    }
}
