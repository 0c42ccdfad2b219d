package io.padrec.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.PadrecException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OnnxEncoderTest extends TextEncoderContract {
    @Override
    TextEncoder open() {
        return TextEncoders.onnx(2);
    }

    @Test
    void theNumberOfThreadsChangesNoVector() {
        List<String> texts = IntStream.range(0, 200).mapToObj(i -> "Green tea number " + "very ".repeat(i % 9) + i).toList();
        try (TextEncoder one = TextEncoders.onnx(1); TextEncoder three = TextEncoders.onnx(3)) {
            assertArrayEquals(one.encode(texts), three.encode(texts));
        }
    }

    @Test
    void whatTheModelCannotHoldIsLeftOut() {
        try (TextEncoder encoder = open()) {
            float[][] vectors = encoder.encode(List.of("salt ".repeat(510), "salt ".repeat(20_000)));
            assertArrayEquals(vectors[0], vectors[1], 1e-4f);
        }
    }

    /** Guards against another model, tokenizer or pooling in a newer jar: stored vectors would no longer fit. */
    @Test
    void aKnownTextHasTheVectorItHadBefore() {
        try (TextEncoder encoder = open()) {
            float[] vector = encoder.encode(List.of("Whole wheat spaghetti, 16 oz"))[0];
            float[] before = {-0.07482f, -0.02466f, -0.01629f, 0.00703f};
            assertArrayEquals(before, Arrays.copyOf(vector, before.length), 1e-3f);
            assertEquals("bge-small-en-v1.5", encoder.name());
            assertEquals(384, encoder.width());
        }
    }

    @Test
    void anInterruptedCallerStopsSoonAndStaysInterrupted() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        try (TextEncoder encoder = open()) {
            Thread caller = Thread.ofPlatform().start(() -> {
                try {
                    encoder.encode(longWork());
                } catch (CancellationException e) {
                    thrown.set(Thread.currentThread().isInterrupted() ? e : new AssertionError("the flag is gone"));
                }
            });
            Thread.sleep(300);
            caller.interrupt();
            caller.join(20_000);
            assertFalse(caller.isAlive());
        }
        assertTrue(thrown.get() instanceof CancellationException, "thrown: " + thrown.get());
    }

    @Test
    void closingEndsAnEncodingUnderWay() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        TextEncoder encoder = open();
        Thread caller = Thread.ofPlatform().start(() -> {
            try {
                encoder.encode(longWork());
            } catch (IllegalStateException e) {
                thrown.set(e);
            }
        });
        Thread.sleep(300);
        encoder.close();
        caller.join(20_000);
        assertFalse(caller.isAlive());
        assertNotNull(thrown.get());
    }

    @Test
    void aModelThatIsNotThereIsSaidInOneLine() {
        OnnxModel none = new OnnxModel("none", "/none.onnx", OnnxModel.BGE_SMALL.tokenizer(), 384, 512);
        String message = assertThrows(PadrecException.class, () -> OnnxEncoder.load(none, 1)).getMessage();
        assertTrue(message.contains("none") && message.contains("/none.onnx is not on the class path"), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void noThreadsAreTooFew() {
        assertThrows(IllegalArgumentException.class, () -> TextEncoders.onnx(0));
    }

    /** About half a minute of encoding. */
    private static List<String> longWork() {
        return IntStream.range(0, 600).mapToObj(i -> i + " sea salt".repeat(200)).toList();
    }
}
