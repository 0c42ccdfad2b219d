package io.padrec.serverless;

import io.padrec.core.Bundle;
import io.padrec.core.Item;
import io.padrec.core.PadrecException;
import io.padrec.core.Tensor;
import io.padrec.core.UserHistory;
import io.padrec.store.Artifacts;
import io.padrec.store.Claim;
import io.padrec.store.Datasets;
import io.padrec.store.Embeddings;
import io.padrec.store.Event;
import io.padrec.store.EventTypes;
import io.padrec.store.Inbox;
import io.padrec.store.Run;
import io.padrec.store.Runs;
import io.padrec.store.Snapshots;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** The tests' phase, whose work is what a test says. */
@Singleton
public class TinyPhase implements PhaseWork {
    /** What to do with a run. */
    interface Doing {
        Run work(Claim claim, Heart heart) throws Exception;
    }

    @Inject
    Datasets datasets;

    @Inject
    Embeddings embeddings;

    @Inject
    Snapshots snapshots;

    @Inject
    Runs runs;

    @Inject
    Inbox inbox;

    @Inject
    Artifacts artifacts;

    final AtomicReference<Doing> doing = new AtomicReference<>((claim, heart) -> succeed(claim));
    final AtomicInteger worked = new AtomicInteger();

    String snapshot() {
        datasets.save("shop", "made for a test", List.of(new Item("a", "A"), new Item("b", "B")),
                List.of(new UserHistory("ada", List.of("a", "b"))));
        List<Item> missing = embeddings.missing("shop", "tiny");
        if (!missing.isEmpty()) {
            embeddings.addSegment("shop", "tiny", missing, new float[missing.size()][2]);
        }
        return snapshots.cut("shop", "tiny").hash();
    }

    Run begin(long seed) {
        return runs.begin("pretrain", "shop", snapshot(), Map.of(), seed, null, null);
    }

    @Override
    public String phase() {
        return "pretrain";
    }

    @Override
    @Transactional
    public Optional<String> consume(Event event) {
        long seed = (Long) event.data().get("seed");
        if (!inbox.take(event.source(), event.id(), event.type())) {
            // Begun again, a run that is parked would be queued again.
            return runs.list().stream().filter(run -> run.seed() == seed).map(Run::id).findFirst();
        }
        if (seed < 0) {
            throw new PadrecException("there is no snapshot for seed " + seed);
        }
        return Optional.of(runs.begin("pretrain", "shop", (String) event.data().get("snapshot"), Map.of(), seed, null,
                event.traceparent()).id());
    }

    @Override
    public Run work(Claim claim, Heart heart) throws Exception {
        worked.incrementAndGet();
        return doing.get().work(claim, heart);
    }

    Run succeed(Claim claim) {
        String bundle = "bundles/" + claim.run().id();
        artifacts.store(bundle, new Bundle(Map.of(), Map.of("weights", Tensor.of(new float[] {1}, 1)))::write);
        return runs.succeed(claim, bundle, Map.of("hr@10", 0.5), List.of(Event.now("pretrain.completed:" + claim.run().id(),
                "/padrec/pretrain", EventTypes.PRETRAIN_COMPLETED, claim.run().id(), Map.of("run", claim.run().id()), null)));
    }

    @Override
    public List<Event> whenParked(Run run, String error) {
        return List.of(Event.now("pretrain.failed:" + run.id(), "/padrec/pretrain", EventTypes.PRETRAIN_FAILED, run.id(),
                Map.of("run", run.id(), "error", error), null));
    }
}
