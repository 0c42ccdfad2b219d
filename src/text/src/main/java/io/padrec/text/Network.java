package io.padrec.text;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Map;

/** A model's network in ONNX Runtime. Each run uses one core, so several threads run batches side by side. */
final class Network implements AutoCloseable {
    private final OrtSession session;
    private final int width;

    private Network(OrtSession session, int width) {
        this.session = session;
        this.width = width;
    }

    static Network of(OnnxModel model) throws IOException, OrtException {
        // Off the heap and freed at once: the runtime keeps a copy of its own.
        try (Arena arena = Arena.ofConfined(); var options = new OrtSession.SessionOptions()) {
            // Measured on 2 cores: two batches on a core each are a tenth faster than one after the other on both.
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setMemoryPatternOptimization(false); // of use only where all batches have one shape
            return new Network(OrtEnvironment.getEnvironment().createSession(read(model.network(), arena), options),
                    model.width());
        }
    }

    private static ByteBuffer read(String file, Arena arena) throws IOException {
        ByteBuffer bytes = arena.allocate(OnnxModel.size(file)).asByteBuffer();
        try (ReadableByteChannel channel = Channels.newChannel(OnnxModel.open(file))) {
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = channel.read(bytes);
            }
        }
        return bytes.flip();
    }

    /**
     * Runs one batch.
     *
     * @param tokens token numbers of each text, [B] of different lengths, the first the longest
     * @return the first token's last hidden state of each text, [B, width], L2-normalised
     */
    float[][] run(long[][] tokens) throws OrtException {
        int length = tokens[0].length;
        LongBuffer ids = LongBuffer.allocate(tokens.length * length);
        LongBuffer mask = LongBuffer.allocate(tokens.length * length);
        for (int row = 0; row < tokens.length; row++) {
            ids.put(row * length, tokens[row]);
            for (int i = 0; i < tokens[row].length; i++) {
                mask.put(row * length + i, 1);
            }
        }
        LongBuffer types = LongBuffer.allocate(tokens.length * length);
        long[] shape = {tokens.length, length};
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (var idTensor = OnnxTensor.createTensor(environment, ids, shape);
                var maskTensor = OnnxTensor.createTensor(environment, mask, shape);
                var typeTensor = OnnxTensor.createTensor(environment, types, shape);
                var result = session.run(Map.of("input_ids", idTensor, "attention_mask", maskTensor,
                        "token_type_ids", typeTensor))) {
            FloatBuffer states = ((OnnxTensor) result.get(0)).getFloatBuffer(); // [B, L, width]
            float[][] vectors = new float[tokens.length][width];
            for (int row = 0; row < tokens.length; row++) {
                states.get(row * length * width, vectors[row]);
                UnitVectors.normalise(vectors[row]);
            }
            return vectors;
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
