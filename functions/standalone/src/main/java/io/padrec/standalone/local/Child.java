package io.padrec.standalone.local;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A process that is started again whenever it ends, until it is to be stopped. */
final class Child {
    private static final long FIRST_PAUSE = 500;
    private static final long LONGEST_PAUSE = 30_000;
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LOG_BYTES = 16 << 20;
    /** A process that never was ready and ended as often has something wrong with it that another start will not mend. */
    private static final int HOPELESS = 3;

    private final Launch launch;
    private final PidFile pidFile;
    private final Happenings happenings;
    private final HttpClient client;
    private final CountDownLatch settled = new CountDownLatch(1);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile Process process;
    private volatile long readyPid;
    private Thread thread;

    Child(Launch launch, Path run, HttpClient client, Happenings happenings) {
        this.launch = launch;
        this.pidFile = new PidFile(run.resolve(launch.name() + ".pid"));
        this.client = client;
        this.happenings = happenings;
    }

    void start() {
        thread = Thread.ofPlatform().name("padrec-" + launch.name()).daemon().start(this::keepAlive);
    }

    /**
     * Waits until it is ready for the first time.
     *
     * @throws PadrecException where it is not within the time, or has ended too often
     */
    void awaitReady(Duration patience) throws InterruptedException {
        boolean over = settled.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (stopping.getCount() == 0) {
            throw new PadrecException(launch.name() + " was stopped while it was starting");
        }
        if (readyPid == 0) {
            throw new PadrecException(launch.name() + (over ? " ended " + HOPELESS + " times without ever being ready"
                    : " is not ready after " + patience.toSeconds() + " s") + "; its log says why: " + launch.log());
        }
    }

    /** The process at present; null before the first. */
    ProcessHandle process() {
        Process current = process;
        return current == null ? null : current.toHandle();
    }

    boolean isReady(ProcessHandle which) {
        return readyPid == which.pid();
    }

    private void keepAlive() {
        long pauseMillis = FIRST_PAUSE;
        try {
            for (int start = 1; stopping.getCount() > 0; start++) {
                if (!begin(start)) {
                    return;
                }
                boolean ready = awaitReady();
                int code = process.waitFor();
                if (stopping.getCount() == 0) {
                    return;
                }
                happenings.died(launch.name(), process.pid(), code);
                if (readyPid == 0 && start == HOPELESS) {
                    settled.countDown();
                    return;
                }
                pauseMillis = ready ? FIRST_PAUSE : Math.min(2 * pauseMillis, LONGEST_PAUSE);
                stopping.await(pauseMillis, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | PadrecException e) {
            happenings.say(launch.name() + " cannot be started: " + e.getMessage());
            settled.countDown();
        }
    }

    private synchronized boolean begin(int start) throws IOException {
        if (stopping.getCount() == 0) {
            return false;
        }
        ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(rotated(launch.log()).toFile()));
        builder.environment().putAll(launch.environment());
        process = builder.start();
        process.getOutputStream().close();
        pidFile.write(process.toHandle(), launch.word());
        happenings.started(launch.name(), process.pid(), start > 1);
        return true;
    }

    /** In a session of its own, so that Ctrl-C reaches the supervisor alone, which stops all in order. */
    private List<String> command() {
        List<String> command = new ArrayList<>(Sessions.own());
        command.addAll(launch.command());
        return command;
    }

    private boolean awaitReady() throws InterruptedException {
        long began = System.nanoTime();
        while (process.isAlive() && stopping.getCount() > 0) {
            if (answers()) {
                happenings.ready(launch.name(), process.pid(), launch.ready(), (System.nanoTime() - began) / 1e9);
                readyPid = process.pid();
                settled.countDown();
                return true;
            }
            process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
        return false;
    }

    private boolean answers() throws InterruptedException {
        try {
            return client.send(HttpRequest.newBuilder(launch.ready()).timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            // Not yet.
            return false;
        }
    }

    private static Path rotated(Path log) throws IOException {
        Files.createDirectories(log.getParent());
        if (Files.exists(log) && Files.size(log) > LOG_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
        }
        return log;
    }

    /** Asks it to end, so that no other takes its place. */
    synchronized void askToEnd() {
        stopping.countDown();
        settled.countDown();
        if (process != null) {
            process.destroy();
        }
    }

    /** Ends it, after a while with force. */
    void stop() {
        askToEnd();
        if (process != null && process.isAlive() && PidFile.stop(process.toHandle(), PATIENCE)) {
            happenings.say(launch.name() + " did not end by itself within " + PATIENCE.toSeconds() + " s, so it was killed");
        }
        pidFile.delete();
    }
}
