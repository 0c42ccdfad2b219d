package io.padrec.ingest;

import io.padrec.core.PadrecException;
import io.padrec.core.Split;
import io.padrec.serverless.CurrentRequest;
import io.padrec.serverless.Fields;
import io.padrec.serverless.Problem;
import io.padrec.serverless.Role;
import io.padrec.serverless.Routes;
import io.padrec.store.Dataset;
import io.padrec.store.Datasets;
import io.padrec.store.Embeddings;
import io.padrec.store.EventTypes;
import io.padrec.store.SnapshotRecord;
import io.padrec.store.Snapshots;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The functions that Funqy offers over HTTP and to events. */
public class IngestFunctions {
    @Inject
    CurrentRequest request;

    @Inject
    EventUploads uploads;

    @Inject
    SnapshotCutting cutting;

    @Inject
    Snapshots snapshots;

    @Inject
    Datasets datasets;

    @Inject
    Embeddings embeddings;

    @Inject
    Encoder encoder;

    @ConfigProperty(name = "padrec.dataset")
    String defaultDataset;

    void declare(@Observes Routes routes) {
        routes.events().get("/datasets", Role.INGEST, Role.TRAIN).get("/snapshots", Role.INGEST, Role.TRAIN)
                .post("/snapshots", Role.INGEST, Role.TRAIN);
    }

    @Funq
    @CloudEventMapping(trigger = EventTypes.ITEMS_ADDED)
    public void itemsAdded() {
        uploads.take(RowKind.ITEMS, request.event());
    }

    @Funq
    @CloudEventMapping(trigger = EventTypes.INTERACTIONS_ADDED)
    public void interactionsAdded() {
        uploads.take(RowKind.INTERACTIONS, request.event());
    }

    /** {@code GET /datasets}: what there is of each, and how many items wait for a vector. */
    @Funq("datasets")
    public Map<String, Object> datasets(Map<String, Object> body) {
        request.fields(body, Set.of());
        return Map.of("encoder", encoder.name(), "datasets", datasets.list().stream().map(this::json).toList());
    }

    /**
     * {@code POST /snapshots {"dataset","split","recipe","backbone","epochs","seed"}} cuts one, {@code GET /snapshots?dataset=D} lists
     * them.
     */
    @Funq("snapshots")
    public Map<String, Object> snapshots(Map<String, Object> body) {
        if (request.isGet()) {
            Optional<String> dataset = request.fields(body, Set.of("dataset")).text("dataset");
            dataset.filter(name -> datasets.find(name).isEmpty()).ifPresent(name -> {
                throw Problem.notFound("dataset", "there is no dataset " + Fields.quoted(name));
            });
            return Map.of("snapshots", snapshots.list().stream()
                    .filter(snapshot -> dataset.isEmpty() || dataset.get().equals(snapshot.dataset())).map(IngestFunctions::json)
                    .toList());
        }
        Fields fields = request.fields(body, Set.of("dataset", "split", "recipe", "backbone", "epochs", "seed"));
        TrainingWish wish = TrainingWish.of(fields);
        SnapshotRecord snapshot = cutting.cut(fields.text("dataset").orElse(defaultDataset), split(fields), wish,
                request.traceparent());
        request.created();
        return json(snapshot);
    }

    private static Split.Kind split(Fields fields) {
        try {
            return fields.text("split").map(Split.Kind::named).orElse(Split.Kind.LEAVE_ONE_OUT);
        } catch (PadrecException e) {
            throw Problem.wrong("split", e.getMessage());
        }
    }

    private Map<String, Object> json(Dataset dataset) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dataset", dataset.name());
        json.put("users", dataset.users());
        json.put("items", dataset.items());
        json.put("interactions", dataset.interactions());
        json.put("waiting", embeddings.waiting(dataset.name(), encoder.name()));
        snapshots.newest(dataset.name()).ifPresent(newest -> json.put("snapshot", newest.hash()));
        return json;
    }

    private static Map<String, Object> json(SnapshotRecord snapshot) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("snapshot", snapshot.hash());
        json.put("dataset", snapshot.dataset());
        json.put("encoder", snapshot.encoder());
        json.put("split", snapshot.split().toString());
        json.put("users", snapshot.users());
        json.put("items", snapshot.items());
        json.put("interactions", snapshot.interactions());
        return json;
    }
}
