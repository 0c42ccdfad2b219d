package io.padrec.ingest;

import io.padrec.serverless.Fields;
import io.padrec.serverless.Problem;
import io.padrec.serverless.Role;
import io.padrec.serverless.Routes;
import io.padrec.serverless.StreamedRequest;
import io.padrec.store.Datasets;
import io.padrec.store.Receipt;
import io.padrec.store.Rejections;
import io.padrec.store.Uploads;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** {@code POST /items?dataset=D} and {@code POST /interactions?dataset=D}: bodies of any length, stored while they arrive. */
@ApplicationScoped
class UploadRoutes {
    private static final String ARRAY = "application/json";
    private static final String LINES = "application/x-ndjson";

    @Inject
    Uploads uploads;

    @Inject
    Datasets datasets;

    @Inject
    EmbeddingLoop embedding;

    @Inject
    RowCounts counts;

    @ConfigProperty(name = "padrec.dataset")
    String defaultDataset;

    @ConfigProperty(name = "padrec.ingest.concurrent-uploads")
    int concurrent;

    @ConfigProperty(name = "padrec.streams.max-body")
    MemorySize most;

    /** Each upload holds a connection to the database from its first row to its last. */
    private Semaphore places;

    @PostConstruct
    void open() {
        places = new Semaphore(concurrent);
    }

    void declare(@Observes Routes routes) {
        routes.stream("/items", Role.INGEST, Set.of(ARRAY, LINES), (request, body) -> upload(RowKind.ITEMS, request, body))
                .stream("/interactions", Role.INGEST, Set.of(ARRAY, LINES),
                        (request, body) -> upload(RowKind.INTERACTIONS, request, body));
    }

    private <T> Map<String, Object> upload(RowKind<T> kind, StreamedRequest request, InputStream raw) {
        Fields fields = request.fields(Set.of("dataset"));
        String dataset = fields.text("dataset").orElse(defaultDataset);
        UploadBody body = UploadBody.of(raw, request.header("content-encoding").orElse(""), most.asLongValue());
        Optional<String> key = request.header("idempotency-key");
        if (!places.tryAcquire()) {
            throw Problem.unavailable(concurrent + " uploads are under way, and no more are taken at a time; try again");
        }
        try {
            if (kind == RowKind.INTERACTIONS && datasets.find(dataset).isEmpty()) {
                throw Problem.notFound("dataset", "there is no dataset " + Fields.quoted(dataset) + "; upload its items first");
            }
            Rejections rejections = new Rejections();
            RawRows rows = request.type().equals(LINES) ? new Lines(body) : new Elements(body);
            Receipt receipt = kind.storing().store(uploads, dataset, key, new UploadRows<>(rows, kind, rejections, body::sha256),
                    rejections);
            counts.add(kind, receipt);
            embedding.nudge();
            return receipt.toMap();
        } finally {
            places.release();
        }
    }
}
