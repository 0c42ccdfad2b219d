package io.padrec.standalone.local;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Brings events to subscribers, each in a thread of its own, so that one that is down or slow delays no other. As a Knative
 * broker does: 2xx is the end of it; 404, 408, 409, 429, 5xx and no answer are tried again as the Trigger says; any other answer
 * is a refusal, which another try would not change. Refused and undelivered events go to the dead letters.
 */
final class Courier implements AutoCloseable {
    private static final Set<Integer> TEMPORARY = Set.of(404, 408, 409, 429);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Tries at a time that one subscriber gets. */
    private static final int AT_A_TIME = 8;
    private static final int SHOWN = 300;

    private final Map<String, Trigger> triggers;
    private final Map<String, URI> subscribers;
    private final String key;
    private final Spool spool;
    private final DeadLetters deadLetters;
    private final Consumer<String> telling;
    private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

    /**
     * @param subscribers where the Triggers' subscribers take events
     * @param key         by which they know the router
     * @param telling     told of dead letters, a line each
     * @throws PadrecException where a Trigger's subscriber is not among them
     */
    Courier(List<Trigger> triggers, Map<String, URI> subscribers, String key, Spool spool, DeadLetters deadLetters,
            Consumer<String> telling) {
        this.triggers = new ConcurrentHashMap<>();
        for (Trigger trigger : triggers) {
            if (!subscribers.containsKey(trigger.subscriber())) {
                throw new PadrecException("Trigger '" + trigger.name() + "' has the subscriber '" + trigger.subscriber()
                        + "', which is none of " + String.join(", ", subscribers.keySet()));
            }
            this.triggers.put(trigger.name(), trigger);
        }
        this.subscribers = Map.copyOf(subscribers);
        this.key = key;
        this.spool = spool;
        this.deadLetters = deadLetters;
        this.telling = telling;
    }

    /** Delivers in the background, after a delay. */
    void send(Spool.Owed owed, Duration delay) {
        threads.execute(() -> {
            try {
                Thread.sleep(delay);
                deliver(owed);
            } catch (InterruptedException e) {
                // Closed meanwhile: the spool has it still.
                Thread.currentThread().interrupt();
            } catch (PadrecException e) {
                telling.accept(e.getMessage());
            }
        });
    }

    private void deliver(Spool.Owed owed) throws InterruptedException {
        Trigger trigger = triggers.get(owed.trigger());
        if (trigger == null) {
            bury(owed, "-", "there is no such Trigger any more");
            return;
        }
        for (int retry = 0; true; retry++) {
            Outcome outcome = attempt(trigger, owed.event());
            switch (outcome.kind()) {
                case TAKEN -> {
                    spool.remove(owed);
                    return;
                }
                case REFUSED -> {
                    bury(owed, trigger.subscriber(), outcome.text());
                    return;
                }
                case FAILED -> {
                    if (retry == trigger.delivery().retries()) {
                        bury(owed, trigger.subscriber(), outcome.text() + ", tried " + (retry + 1) + " times");
                        return;
                    }
                    Thread.sleep(trigger.delivery().before(retry + 1));
                }
            }
        }
    }

    private enum Kind {
        TAKEN, REFUSED, FAILED
    }

    private record Outcome(Kind kind, String text) {
    }

    private Outcome attempt(Trigger trigger, CloudEvent event) throws InterruptedException {
        HttpRequest request = Envelope.seal(event, HttpRequest.newBuilder(subscribers.get(trigger.subscriber())))
                .setHeader("Authorization", "Bearer " + key).timeout(trigger.delivery().timeout()).build();
        Semaphore turn = turns.computeIfAbsent(trigger.subscriber(), name -> new Semaphore(AT_A_TIME));
        turn.acquire();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            int status = answer.statusCode();
            if (status / 100 == 2) {
                return new Outcome(Kind.TAKEN, "");
            }
            String text = "HTTP " + status + " " + answer.body().strip().replaceAll("\\s+", " ");
            return new Outcome(status >= 500 || TEMPORARY.contains(status) ? Kind.FAILED : Kind.REFUSED,
                    text.substring(0, Math.min(text.length(), SHOWN)));
        } catch (IOException e) {
            return new Outcome(Kind.FAILED, "no answer (" + e + ")");
        } finally {
            turn.release();
        }
    }

    private void bury(Spool.Owed owed, String subscriber, String reason) {
        deadLetters.add(owed.trigger(), subscriber, owed.event(), reason);
        spool.remove(owed);
        telling.accept("dead letter: " + owed.event().type() + " " + owed.event().id() + " to " + subscriber + ": " + reason);
    }

    /** Stops at once. */
    @Override
    public void close() {
        threads.shutdownNow();
        client.shutdownNow();
        threads.close();
        client.close();
    }
}
