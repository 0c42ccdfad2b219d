package io.padrec.standalone.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class FormatTest {
    @Test
    void durationsReadAsPeopleSayThem() {
        assertEquals("0.0 s", Format.duration(0));
        assertEquals("9.9 s", Format.duration(9.94));
        assertEquals("10 s", Format.duration(9.96));
        assertEquals("1 min 00 s", Format.duration(59.7));
        assertEquals("3 min 05 s", Format.duration(185));
        assertEquals("2 h 10 min", Format.duration(7805));
        assertEquals("-", Format.duration(Double.NaN));
    }

    @Test
    void fractionsReadAsPercent() {
        assertEquals("8.05 %", Format.percent(0.0805));
        assertEquals("-", Format.percent(Double.NaN));
    }

    @Test
    void longTextsEndInAnEllipsis() {
        assertEquals("abc", Format.fit("abc", 3));
        assertEquals("ab…", Format.fit("abcd", 3));
    }

    @Test
    void columnsAreAsWideAsTheyNeedToBe() {
        assertEquals("""
                model      HR@10
                ----------------
                SASRec    5.00 %
                a       123.45 %""", new Table("model", "HR@10").row("SASRec", "5.00 %").row("a", "123.45 %").toString());
    }

    @Test
    void aRowMustFitItsHeadings() {
        Table table = new Table("a", "b");
        assertThrows(IllegalArgumentException.class, () -> table.row("1"));
    }
}
