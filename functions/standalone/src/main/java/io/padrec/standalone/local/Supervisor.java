package io.padrec.standalone.local;

import io.padrec.core.PadrecException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps processes alive. */
final class Supervisor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final Path run;
    private final Happenings happenings;
    private final Map<String, Child> children = new LinkedHashMap<>();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).build();
    private boolean closed;

    /** @param run the folder of its pid files */
    Supervisor(Path run, Happenings happenings) {
        this.run = run;
        this.happenings = happenings;
    }

    /**
     * Starts processes side by side, and waits until all of them are ready.
     *
     * @throws PadrecException where one does not become ready
     */
    void start(Collection<Launch> launches) {
        synchronized (children) {
            for (Launch launch : launches) {
                if (closed) {
                    throw new PadrecException("stopped while the functions were starting");
                }
                Child child = new Child(launch, run, client, happenings);
                children.put(launch.name(), child);
                child.start();
            }
        }
        try {
            for (Launch launch : launches) {
                child(launch.name()).awaitReady(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PadrecException("stopped while the functions were starting", e);
        }
    }

    /** The process of this name at present; empty where it is being started. */
    Optional<ProcessHandle> process(String name) {
        return Optional.ofNullable(child(name)).map(Child::process).filter(ProcessHandle::isAlive);
    }

    /** The same, where it is ready. */
    Optional<ProcessHandle> ready(String name) {
        return process(name).filter(process -> child(name).isReady(process));
    }

    /** Stops one process for good. */
    void stop(String name) {
        child(name).stop();
        synchronized (children) {
            children.remove(name);
        }
        happenings.stopped(name);
    }

    private Child child(String name) {
        synchronized (children) {
            return children.get(name);
        }
    }

    /** Stops all processes: each is asked first, then those that do not end are killed. */
    @Override
    public void close() {
        Map<String, Child> all;
        synchronized (children) {
            closed = true;
            all = new LinkedHashMap<>(children);
            children.clear();
        }
        all.values().forEach(Child::askToEnd);
        all.forEach((name, child) -> {
            child.stop();
            happenings.stopped(name);
        });
        client.shutdownNow();
        client.close();
    }
}
