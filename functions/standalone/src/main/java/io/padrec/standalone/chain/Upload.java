package io.padrec.standalone.chain;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Item;
import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import io.padrec.core.UserHistory;
import io.padrec.datasets.SourceDataset;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A dataset as NDJSON, sent to ingest. Its Idempotency-Keys are its content's hashes, so a repeat changes nothing. */
final class Upload {
    private final Functions functions;
    private final SourceDataset source;

    Upload(Functions functions, SourceDataset source) {
        this.functions = functions;
        this.source = source;
    }

    @FunctionalInterface
    private interface Rows {
        void write(BufferedWriter out) throws IOException;
    }

    /** @throws PadrecException where ingest refuses it, or rejects any of its rows */
    void send() {
        send("/items", out -> {
            for (Item item : source.items()) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("id", item.id());
                row.put("title", item.title());
                if (!item.text().equals(item.title())) {
                    row.put("text", item.text());
                }
                line(out, row);
            }
        });
        send("/interactions", out -> {
            for (UserHistory history : source.histories()) {
                for (int i = 0; i < history.items().size(); i++) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("user", history.user());
                    row.put("item", history.items().get(i));
                    if (history.time(i) != UserHistory.NO_TIME) {
                        row.put("time", history.time(i));
                    }
                    line(out, row);
                }
            }
        });
    }

    private static void line(BufferedWriter out, Map<String, Object> row) throws IOException {
        out.write(Json.write(row));
        out.write('\n');
    }

    /** Through a file: its hash comes before its content, and a large dataset need not fit into memory as text too. */
    private void send(String path, Rows rows) {
        try {
            Path file = Files.createTempFile("padrec-upload", ".ndjson");
            try {
                try (BufferedWriter out = Files.newBufferedWriter(file)) {
                    rows.write(out);
                }
                send(path, file, "pipeline-" + source.name() + "-" + AtomicFiles.sha256(file));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new PadrecException("cannot write the upload into the folder of temporary files: " + e
                    + "; check the space left on the disk", e);
        }
    }

    private void send(String path, Path file, String key) {
        String query = path + "?dataset=" + URLEncoder.encode(source.name(), StandardCharsets.UTF_8);
        Map<String, Object> receipt = Functions.good(functions.ask("ingest", "ingest", query, request -> request
                .setHeader("Content-Type", "application/x-ndjson").setHeader("Idempotency-Key", key).POST(body(file)))).json();
        if (((Number) receipt.get("rejected")).longValue() > 0) {
            throw new PadrecException("ingest " + path + " rejected " + receipt.get("rejected") + " rows, the first of them "
                    + ((java.util.List<?>) receipt.get("problems")).getFirst());
        }
    }

    private static HttpRequest.BodyPublisher body(Path file) {
        try {
            return HttpRequest.BodyPublishers.ofFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
