package io.padrec.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.PadrecException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {
    @Test
    void withoutVariantsEverybodyGetsThePromotedModel() {
        Split split = Split.of(List.of());
        assertTrue(split.of("ada").isPromoted());
        assertEquals("promoted", split.of("bob").name());
        assertEquals(List.of(), split.models());
    }

    @Test
    void usersAreDividedByTheWeights() {
        Split split = Split.of(List.of("a=promoted:70", " b = model-2 : 30"));
        long ofB = IntStream.range(0, 10_000).filter(user -> split.of("user-" + user).name().equals("b")).count();
        assertEquals(3000, ofB, 200);
        assertEquals(List.of("model-2"), split.models());
    }

    @Test
    void aUserStaysWithAVariant() {
        Split split = Split.of(List.of("a=promoted:1", "b=model-2:1"));
        // What another server, and this one after it started again, says too.
        assertEquals(List.of("a", "b", "b", "b", "b", "b"),
                IntStream.rangeClosed(1, 6).mapToObj(user -> split.of("user-" + user).name()).toList());
    }

    @Test
    void aWeightOfNothingIsNobody() {
        Split split = Split.of(List.of("a=promoted:0", "b=model-2:1"));
        assertTrue(IntStream.range(0, 100).allMatch(user -> split.of("user-" + user).name().equals("b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a=promoted", "a=promoted:x", "=promoted:1", "a=:1", "a=promoted:-1", "a=promoted:1000000000", "a=promoted:0"})
    void whatIsNoSplitIsRefused(String entry) {
        PadrecException refused = assertThrows(PadrecException.class, () -> Split.of(List.of(entry)));
        assertTrue(refused.getMessage().contains("NAME=MODEL:WEIGHT"), refused::getMessage);
    }

    @Test
    void aNameStandsForOneVariant() {
        assertThrows(PadrecException.class, () -> Split.of(List.of("a=promoted:1", "a=model-2:1")));
    }
}
