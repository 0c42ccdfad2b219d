package io.padrec.phases.testing;

import static io.padrec.serverless.testing.Http.assertProblem;
import static io.padrec.serverless.testing.Http.get;
import static io.padrec.serverless.testing.Http.post;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Json;
import io.padrec.phases.Phases;
import io.padrec.serverless.Routes;
import io.padrec.serverless.testing.Contract;
import io.padrec.serverless.testing.Eventually;
import io.padrec.store.Artifacts;
import io.padrec.store.Datasets;
import io.padrec.store.Embeddings;
import io.padrec.store.Event;
import io.padrec.store.Outbox;
import io.padrec.store.Run;
import io.padrec.store.Runs;
import io.padrec.store.Snapshots;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every training function does: its own test extends this, as a QuarkusTest with a store. */
public abstract class FunctionContract {
    private static final AtomicInteger SEEDS = new AtomicInteger();
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Inject
    Phases phases;

    @Inject
    Datasets datasets;

    @Inject
    Embeddings embeddings;

    @Inject
    Snapshots snapshots;

    @Inject
    Artifacts artifacts;

    @Inject
    protected Runs runs;

    @Inject
    Outbox outbox;

    @Inject
    Routes routes;

    protected Trainer trainer;

    private final String phase;
    private final String trigger;

    /** @param trigger type of the event that a run begins with */
    protected FunctionContract(String phase, String trigger) {
        this.phase = phase;
        this.trigger = trigger;
    }

    @BeforeEach
    void train() {
        trainer = new Trainer(phases, runs, datasets, embeddings, snapshots, artifacts);
    }

    /** What a run can begin with, as a request's body and as the data of an event. Another one for each seed. */
    protected abstract Map<String, Object> beginning(long seed);

    protected static long seed() {
        return SEEDS.incrementAndGet();
    }

    protected final void deliver(String id, String type, Map<String, Object> data, int status) {
        given().header("ce-specversion", "1.0").header("ce-id", id).header("ce-source", "/test").header("ce-type", type)
                .header("ce-traceparent", TRACE).contentType("application/json").body(Json.write(data)).post("/").then()
                .statusCode(status);
    }

    /** The runs of this phase with the seed. */
    protected final List<Run> made(long seed) {
        return runs.list().stream().filter(run -> run.phase().equals(phase) && run.seed() == seed).toList();
    }

    protected final Run await(String id, Run.State state) throws InterruptedException {
        Eventually.holds(id + " is " + state, () -> runs.find(id).orElseThrow().state() == state);
        return runs.find(id).orElseThrow();
    }

    protected final List<Event> told(String type) {
        return outbox.take(1000, Duration.ZERO).stream().filter(event -> event.type().equals("io.padrec." + type)).toList();
    }

    protected final List<Event> told(String type, String run) {
        return told(type).stream().filter(event -> run.equals(event.data().get("run"))).toList();
    }

    @Test
    void anEventBecomesARunAndItsEventHoweverOftenItIsDelivered() throws Exception {
        long seed = seed();
        Map<String, Object> data = beginning(seed);
        for (int i = 0; i < 3; i++) {
            deliver("begin-" + seed, trigger, data, 204);
        }
        assertEquals(1, made(seed).size());
        Run done = await(made(seed).getFirst().id(), Run.State.SUCCEEDED);
        deliver("begin-" + seed, trigger, data, 204);
        deliver("again-" + seed, trigger, data, 204);

        List<Event> completed = told(phase + ".completed", done.id());
        assertEquals(1, completed.size());
        assertEquals(phase + ".completed:" + done.id() + ":1", completed.getFirst().id());
        assertEquals("/padrec/" + phase, completed.getFirst().source());
        assertEquals(TRACE, completed.getFirst().traceparent());
        assertEquals(done.bundle(), completed.getFirst().data().get("bundle"));
        assertEquals(done.metrics(), completed.getFirst().data().get("metrics"));
        assertEquals(1, runs.find(done.id()).orElseThrow().attempt());
    }

    @Test
    void aRequestIsAnsweredAtOnceWithItsRunWhichIsAskedForAndDone() throws Exception {
        long seed = seed();
        String body = Json.write(beginning(seed));
        String id = post("/" + phase, body).statusCode(202).body("state", equalTo("QUEUED")).extract().path("run");
        post("/" + phase, body).statusCode(202).body("run", equalTo(id));
        Run done = await(id, Run.State.SUCCEEDED);

        List<Event> requested = told(phase + ".requested", id);
        assertEquals(1, requested.size());
        deliver(requested.getFirst().id(), requested.getFirst().type(), requested.getFirst().data(), 204);
        post("/" + phase, body).statusCode(202).body("state", equalTo("SUCCEEDED"));
        assertEquals(1, told(phase + ".requested", id).size());
        assertEquals(done, runs.find(id).orElseThrow());
        get("/runs?id=" + id).statusCode(200).body("runs[0].state", equalTo("SUCCEEDED"))
                .body("runs.phase", everyItem(equalTo(phase)));
        get("/runs?snapshot=" + done.snapshot()).statusCode(200).body("runs.id", hasItem(id));
    }

    @Test
    void badRequestsAndEventsAreRefusedInTheOneForm() {
        assertProblem(post("/" + phase, "{\"colour\": 1}"), 400, "colour", "not known");
        assertProblem(post("/" + phase, "{}"), 400, "given; give");
        assertProblem(get("/runs?id=no-run"), 404, "id", "no run 'no-run'");
        assertProblem(post("/runs/retry", "{\"run\": \"no-run\"}"), 404, "run", "no run 'no-run'");
        assertProblem(post("/runs/retry", "{}"), 400, "run", "not given");
        deliver("bad-1", "io.padrec." + phase + ".requested", Map.of("run", "no-run"), 422);
        deliver("bad-2", "io.padrec." + phase + ".requested", Map.of(), 400);
        deliver("bad-3", trigger, Map.of("dataset", "nowhere", "run", "no-run"), 422);
        deliver("bad-4", "io.padrec.nothing", Map.of(), 422);
    }

    @Test
    void onlyAParkedRunIsBegunAgain() throws Exception {
        String id = post("/" + phase, Json.write(beginning(seed()))).statusCode(202).extract().path("run");
        await(id, Run.State.SUCCEEDED);
        assertProblem(post("/runs/retry", "{\"run\": \"" + id + "\"}"), 422, "SUCCEEDED");
        assertTrue(told(phase + ".failed", id).isEmpty());
    }

    @Test
    void theContractDescribesEveryRoute() {
        Contract.assertDescribes(routes);
    }
}
