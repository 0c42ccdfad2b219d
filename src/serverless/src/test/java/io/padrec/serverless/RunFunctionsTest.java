package io.padrec.serverless;

import static io.padrec.serverless.testing.Http.assertProblem;
import static io.padrec.serverless.testing.Http.get;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.store.Claim;
import io.padrec.store.Run;
import io.padrec.store.Runs;
import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoreTestResource.class)
class RunFunctionsTest {
    @Inject
    TinyPhase phase;

    @Inject
    Runs runs;

    @Inject
    Attempt attempt;

    @Test
    void runsAreShownByIdBySnapshotAndAll() {
        Run one = phase.begin(1);
        Run two = phase.begin(2);
        Claim claim = runs.claimRun(two.id(), "me", Duration.ofSeconds(60)).orElseThrow();
        phase.succeed(claim);
        get("/runs?id={id}", one.id()).statusCode(200).body("runs", hasSize(1)).body("runs[0].id", equalTo(one.id()))
                .body("runs[0].state", equalTo("QUEUED")).body("runs[0].dataset", equalTo("shop"))
                .body("runs[0]", not(hasKey("bundle")));
        get("/runs?snapshot={snapshot}", two.snapshot()).statusCode(200).body("runs.id", hasItems(one.id(), two.id()))
                .body("runs.find { it.id == '" + two.id() + "' }.metrics", hasKey("hr@10"))
                .body("runs.find { it.id == '" + two.id() + "' }.finishedAt",
                        equalTo(runs.find(two.id()).orElseThrow().finishedAt().toString()));
        get("/runs").statusCode(200).body("runs.id", hasItems(one.id(), two.id()));
        get("/runs?snapshot=none").statusCode(200).body("runs", hasSize(0));
    }

    @Test
    void whatIsNotThereOrNotClearIsSaid() {
        assertProblem(get("/runs?id=x"), 404, "id", "there is no run 'x'");
        assertProblem(get("/runs?id=x&snapshot=y"), 400, "snapshot", "both given");
        assertProblem(get("/runs?phase=align"), 400, "phase", "known are id, snapshot");
    }

    @Test
    void whatIsLoggedOfARunNamesIt() {
        try (Recorded log = new Recorded(Attempt.class)) {
            Run run = phase.begin(3);
            attempt.work(phase, runs.claimRun(run.id(), "me", Duration.ofSeconds(60)).orElseThrow());
            assertTrue(log.records().size() >= 2);
            for (ExtLogRecord record : log.records()) {
                assertEquals(run.id(), record.getMdc("run"));
                assertEquals("pretrain", record.getMdc("phase"));
            }
        }
    }
}
