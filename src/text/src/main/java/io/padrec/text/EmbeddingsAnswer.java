package io.padrec.text;

import io.padrec.core.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Reads what an embeddings server answers: {@code {"data": [{"index": 0, "embedding": [0.1, ...]}, ...]}}, each embedding as
 * numbers or as base64 of little-endian float32, in any order.
 */
final class EmbeddingsAnswer {
    private EmbeddingsAnswer() {
    }

    /**
     * @param body  the answer in UTF-8
     * @param texts how many texts were sent
     * @return [texts, T] in the order of the texts: all of one width and of length 1
     * @throws IllegalArgumentException where the answer is something else; the message says what
     */
    static float[][] vectors(byte[] body, int texts) {
        Map<String, Object> answer = Json.parseObject(new String(body, StandardCharsets.UTF_8));
        if (!(answer.get("data") instanceof List<?> data)) {
            throw new IllegalArgumentException("there is no list 'data'");
        }
        if (data.size() != texts) {
            throw new IllegalArgumentException(data.size() + " vectors for " + texts + " texts");
        }
        float[][] vectors = new float[texts][];
        for (int i = 0; i < texts; i++) {
            if (!(data.get(i) instanceof Map<?, ?> entry)) {
                throw new IllegalArgumentException("entry " + i + " of 'data' is no object");
            }
            // Some servers leave the index out, and keep the order.
            Object index = entry.containsKey("index") ? entry.get("index") : (Object) (long) i;
            if (!(index instanceof Long text) || text < 0 || text >= texts || vectors[text.intValue()] != null) {
                throw new IllegalArgumentException("entry " + i + " of 'data' has the index " + index
                        + ", which is no text's or stands twice");
            }
            vectors[text.intValue()] = vector(entry.get("embedding"), i);
        }
        for (float[] vector : vectors) {
            if (vector.length != vectors[0].length) {
                throw new IllegalArgumentException("vectors of " + vectors[0].length + " and of " + vector.length + " numbers");
            }
        }
        return vectors;
    }

    private static float[] vector(Object embedding, int entry) {
        float[] vector = switch (embedding) {
            case List<?> numbers -> ofNumbers(numbers, entry);
            case String base64 -> ofBase64(base64, entry);
            case null, default -> throw new IllegalArgumentException("entry " + entry + " of 'data' has no 'embedding'");
        };
        if (vector.length == 0) {
            throw new IllegalArgumentException("entry " + entry + " of 'data' has an empty vector");
        }
        for (float number : vector) {
            if (!Float.isFinite(number)) {
                throw new IllegalArgumentException("entry " + entry + " of 'data' holds the number " + number);
            }
        }
        try {
            UnitVectors.normalise(vector);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("entry " + entry + " of 'data' holds " + e.getMessage(), e);
        }
        return vector;
    }

    private static float[] ofNumbers(List<?> numbers, int entry) {
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            if (!(numbers.get(i) instanceof Number number)) {
                // Where a server computed NaN, JSON leaves it nothing else to write than null.
                throw new IllegalArgumentException("entry " + entry + " of 'data' holds " + numbers.get(i) + ", which is no number");
            }
            vector[i] = number.floatValue();
        }
        return vector;
    }

    private static float[] ofBase64(String base64, int entry) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        if (bytes.length % Float.BYTES != 0) {
            throw new IllegalArgumentException("entry " + entry + " of 'data' holds " + bytes.length
                    + " bytes in base64, which are no float32 numbers");
        }
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }
}
