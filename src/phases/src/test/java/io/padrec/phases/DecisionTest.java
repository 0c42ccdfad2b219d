package io.padrec.phases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionTest {
    @ParameterizedTest
    @CsvSource({"0.31, 0.3, 0, true", "0.3, 0.3, 0, true", "0.2999999, 0.3, 0, false", "0.29, 0.3, 0.02, true",
        "0.27, 0.3, 0.02, false", "0.31, 0.3, -0.02, false", "0.33, 0.3, -0.02, true"})
    void aModelIsPromotedWhereItIsNoWorseThanTheMarginAllows(double ndcg10, double theirs, double margin, boolean promoted) {
        Decision decision = Decision.compared("old", ndcg10, theirs, margin);
        assertEquals(promoted, decision.promoted());
        assertEquals("old", decision.against());
        assertEquals(theirs, decision.toMap().get("against ndcg@10"));
    }
}
