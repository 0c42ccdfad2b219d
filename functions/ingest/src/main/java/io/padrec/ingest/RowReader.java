package io.padrec.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** A row's text to its fields. */
final class RowReader {
    private static final ObjectReader OBJECTS = new ObjectMapper().readerForMapOf(Object.class)
            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private RowReader() {
    }

    /** @throws BadRow where it is too long, or no JSON object */
    static Map<String, Object> fields(RawRow row) throws BadRow {
        if (row.json() == null) {
            throw new BadRow("it is longer than " + RowBytes.MOST + " bytes");
        }
        try (JsonParser parser = OBJECTS.createParser(row.json())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BadRow("it is not a JSON object");
            }
            Map<String, Object> fields = OBJECTS.readValue(parser);
            if (parser.nextToken() != null) {
                throw new BadRow("something follows the JSON object (column " + parser.currentTokenLocation().getColumnNr() + ")");
            }
            return fields;
        } catch (JsonProcessingException e) {
            throw new BadRow("it is not JSON: " + e.getOriginalMessage().lines().findFirst().orElse("") + " (column "
                    + e.getLocation().getColumnNr() + ")");
        } catch (IOException e) {
            throw new UncheckedIOException("a row in memory cannot be read", e);
        }
    }
}
