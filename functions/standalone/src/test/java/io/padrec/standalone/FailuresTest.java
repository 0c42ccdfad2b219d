package io.padrec.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.padrec.core.PadrecException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private static String said(Throwable failure) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertEquals(1, new Failures(new PrintStream(err, true, StandardCharsets.UTF_8)).execution(failure));
        return err.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    @Test
    void whatTheUserCanMendIsSaidAsItIs() {
        assertEquals("padrec: the disk is full", said(new PadrecException("the disk is full")));
    }

    @Test
    void itIsFoundUnderWhatWrappedIt() {
        assertEquals("padrec: the database is down",
                said(new RuntimeException("at start", new IllegalStateException(new PadrecException("the database is down")))));
    }

    @Test
    void aMessageOfManyLinesBecomesOne() {
        assertEquals("padrec: first second", said(new PadrecException("first\n   second\n")));
    }

    @Test
    void lackOfMemorySaysWhereToGiveMore() {
        assertEquals("padrec: out of memory (Java heap space); give it more, e.g. PADREC_JAVA_OPTS=-Xmx4g, or fewer items",
                said(new RuntimeException(new OutOfMemoryError("Java heap space"))));
    }

    @Test
    void anythingElseIsAFaultOfPadrec() {
        assertEquals("padrec: unexpected failure: java.lang.IllegalStateException: odd; --verbose shows where, please report it",
                said(new IllegalStateException("odd")));
    }
}
