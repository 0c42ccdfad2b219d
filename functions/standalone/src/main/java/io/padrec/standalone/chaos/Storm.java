package io.padrec.standalone.chaos;

import io.padrec.core.PadrecException;
import io.padrec.standalone.local.Local;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What befalls the functions while they work. In each stage its share of kills, about half of them of the process whose turn it is,
 * in the midst of its work, the others of any; PostgreSQL is restarted in two stages, the router is down for a while in one, and in
 * one a worker is paused until another has taken its run over.
 */
final class Storm implements Runnable {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration SOON = Duration.ofMillis(700);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final List<Stage> STAGES = List.of(Stage.INGEST, Stage.PRETRAIN, Stage.ALIGN, Stage.FINETUNE);

    private final Local local;
    private final Weather weather;
    private final Log log;
    private final Workers workers;
    private final Random random;
    private Thread sink;

    Storm(Local local, Weather weather, Log log) {
        this.local = local;
        this.weather = weather;
        this.log = log;
        this.workers = new Workers(local);
        this.random = new Random(weather.seed());
    }

    @Override
    public void run() {
        try {
            int left = weather.kills();
            for (Stage stage : STAGES) {
                await(stage);
                left -= kill(stage, left / (STAGES.size() - stage.ordinal()));
                if (stage == Workers.DOUBLED) {
                    local.stopSecond(Workers.SECOND);
                }
            }
            for (; left > 0; left--) {
                killAny(Stage.RECOMMEND);
            }
            sink.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills so many, and does what else belongs to the stage. Returns how many it came to: the stage may be over before. */
    private int kill(Stage stage, int share) throws InterruptedException {
        int killed = 0;
        boolean worker = true;
        while (killed < share && stage() == stage) {
            if (!worker) {
                killAny(stage);
            } else if (!killWorker(stage, killed == 0 ? SOON : weather.calmest())) {
                break;
            }
            killed++;
            if (killed == 1) {
                besides(stage);
            }
            worker = random.nextBoolean();
        }
        return killed;
    }

    private void besides(Stage stage) throws InterruptedException {
        switch (stage) {
            case PRETRAIN -> {
                restartDatabase(stage);
                closeRouter(stage);
            }
            case ALIGN -> new Pause(local, log).run();
            case FINETUNE -> restartDatabase(stage);
            default -> { }
        }
    }

    /** False where the stage was over first. */
    private boolean killWorker(Stage stage, Duration most) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (stage() == stage) {
            if (workers.atWork(stage).isPresent()) {
                sleep(most);
                Optional<ProcessHandle> worker = workers.atWork(stage);
                if (worker.isPresent()) {
                    kill(stage, stage.title(), worker.get());
                    return true;
                }
            }
            if (System.nanoTime() > deadline) {
                throw new PadrecException("nobody works on " + stage.title() + " for " + PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(LOOK);
        }
        return false;
    }

    private void killAny(Stage stage) throws InterruptedException {
        List<String> all = List.copyOf(local.address().functions().keySet());
        sleep(weather.calmest());
        while (true) {
            String function = all.get(random.nextInt(all.size()));
            Optional<ProcessHandle> victim = local.process(function);
            if (victim.isPresent()) {
                kill(stage, function, victim.get());
                return;
            }
            Thread.sleep(LOOK);
        }
    }

    private void kill(Stage stage, String function, ProcessHandle victim) {
        log.did(stage, "kill", function, "kill -9 of " + function + " (process " + victim.pid() + ") in stage " + stage.title());
        victim.destroyForcibly();
        // Nobody is to take it for a worker any more.
        victim.onExit().join();
    }

    private void restartDatabase(Stage stage) {
        log.did(stage, "database", "postgres", "PostgreSQL is restarted in stage " + stage.title());
        local.restartDatabase();
    }

    private void closeRouter(Stage stage) {
        log.did(stage, "sink", "router", "the sink is down for " + weather.sinkDown().toSeconds() + " s");
        local.closeRouter();
        sink = Thread.ofPlatform().name("padrec-chaos-sink").daemon().start(() -> {
            try {
                Thread.sleep(weather.sinkDown());
                local.reopenRouter();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void await(Stage stage) throws InterruptedException {
        while (stage().ordinal() < stage.ordinal()) {
            Thread.sleep(LOOK);
        }
    }

    /** Asked until the database answers. */
    private Stage stage() throws InterruptedException {
        while (true) {
            Optional<Stage> stage = local.ask(Stage::of);
            if (stage.isPresent()) {
                return stage.get();
            }
            Thread.sleep(LOOK);
        }
    }

    private void sleep(Duration most) throws InterruptedException {
        Thread.sleep(random.nextLong(most.toMillis() + 1));
    }
}
