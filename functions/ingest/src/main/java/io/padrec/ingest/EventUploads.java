package io.padrec.ingest;

import io.padrec.core.PadrecException;
import io.padrec.serverless.Fields;
import io.padrec.serverless.Problem;
import io.padrec.store.Artifacts;
import io.padrec.store.Datasets;
import io.padrec.store.Event;
import io.padrec.store.Inbox;
import io.padrec.store.Receipt;
import io.padrec.store.Rejections;
import io.padrec.store.RowSource;
import io.padrec.store.Uploads;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Uploads that events bring, each once, however often and in whatever order they are delivered. */
@ApplicationScoped
class EventUploads {
    private static final Logger LOG = Logger.getLogger(EventUploads.class);
    private static final int TIMEOUT_SECONDS = 3600;
    /** The log names so many rejected rows of an event; all are counted. */
    private static final int NAMED = 20;

    @Inject
    Uploads uploads;

    @Inject
    Datasets datasets;

    @Inject
    Inbox inbox;

    @Inject
    Artifacts artifacts;

    @Inject
    EmbeddingLoop embedding;

    @Inject
    RowCounts counts;

    @ConfigProperty(name = "padrec.dataset")
    String defaultDataset;

    @ConfigProperty(name = "padrec.ingest.wait-for-items")
    Duration patience;

    @ConfigProperty(name = "padrec.streams.max-body")
    MemorySize most;

    /**
     * Stores the rows of an event in the transaction that notes it as consumed. A broker takes an answer for an event of its own,
     * so rejected rows are told to the log alone.
     *
     * @throws Problem 422 where nothing of it can be stored; 503 where interactions came before their items
     */
    <T> void take(RowKind<T> kind, Event event) {
        EventData data = EventData.of(kind, event.data(), defaultDataset);
        Optional<Receipt> taken = QuarkusTransaction.requiringNew().timeout(TIMEOUT_SECONDS).call(() -> inbox.take(event.source(),
                event.id(), event.type()) ? Optional.of(store(kind, event, data)) : Optional.empty());
        taken.ifPresent(receipt -> {
            counts.add(kind, receipt);
            embedding.nudge();
            log(event, receipt);
        });
    }

    private <T> Receipt store(RowKind<T> kind, Event event, EventData data) {
        boolean isYoung = Duration.between(event.time(), Instant.now()).compareTo(patience) < 0;
        if (kind == RowKind.INTERACTIONS && datasets.find(data.dataset()).isEmpty()) {
            String missing = "there is no dataset " + Fields.quoted(data.dataset());
            throw isYoung ? Problem.unavailable(missing + " yet") : Problem.impossible(missing + "; upload its items first");
        }
        Rejections rejections = new Rejections();
        Receipt receipt = data.rows().isPresent()
                ? upload(kind, data, new InlineRows<>(data.rows().get(), kind, rejections), rejections)
                : uploadArtifact(kind, data, rejections);
        if (rejections.unknownItems() > 0 && isYoung) {
            throw Problem.unavailable(rejections.unknownItems() + " interactions name items that are not known yet");
        }
        if (receipt.rejected() == receipt.received()) {
            throw Problem.impossible(receipt.received() == 0 ? "the artifact holds no rows"
                    : "none of its " + receipt.received() + " rows can be stored; the first: "
                            + receipt.problems().getFirst().reason());
        }
        return receipt;
    }

    private <T> Receipt uploadArtifact(RowKind<T> kind, EventData data, Rejections rejections) {
        String name = data.artifact().orElseThrow();
        if (!artifacts.exists(name)) {
            throw Problem.impossible("there is no artifact " + Fields.quoted(name) + "; write it before the event is sent");
        }
        // Opened there and read here: what is wrong with its rows is no reason to fetch it anew.
        try (InputStream in = artifacts.read(name, EventUploads::open)) {
            UploadBody body = UploadBody.of(in, data.encoding(), most.asLongValue());
            RawRows rows = data.isArray() ? new Elements(body) : new Lines(body);
            return upload(kind, data, new UploadRows<>(rows, kind, rejections, body::sha256), rejections);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static InputStream open(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    private static PadrecException unreadable(String artifact, IOException e) {
        return new PadrecException("cannot read the artifact " + artifact + ": " + e, e);
    }

    private <T> Receipt upload(RowKind<T> kind, EventData data, RowSource<T> rows, Rejections rejections) {
        return kind.storing().store(uploads, data.dataset(), Optional.empty(), rows, rejections);
    }

    private static void log(Event event, Receipt receipt) {
        LOG.infof("Event %s: dataset %s has %d rows more and %d changed, %d were there.", event.id(), receipt.dataset(),
                receipt.added(), receipt.changed(), receipt.unchanged());
        if (receipt.rejected() > 0) {
            LOG.warnf("Event %s: %d of %d rows are not stored: %s", event.id(), receipt.rejected(), receipt.received(),
                    receipt.problems().stream().limit(NAMED).map(problem -> "row " + problem.line() + ": " + problem.reason())
                            .toList());
        }
    }
}
