package io.padrec.serverless;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each launch is an application of its own, which takes seconds: what needs no launch is tested elsewhere. */
@QuarkusMainTest
class MainTest {
    @TempDir
    Path folder;

    private Properties before;

    @BeforeEach
    void remember() {
        before = (Properties) System.getProperties().clone();
    }

    /** A process of its own would take what it set with it. */
    @AfterEach
    void forget() {
        System.setProperties(before);
    }

    private static void assertOneLine(LaunchResult result, int exitCode, String line) {
        assertEquals(exitCode, result.exitCode(), result.getOutput());
        String all = result.getOutput() + result.getErrorOutput();
        assertTrue(all.contains(line), all);
        assertFalse(all.contains("\tat "), "a stack trace: " + all);
    }

    @Test
    void withAuthenticationAndNoKeyItDoesNotStartAndSaysWhatToSet(QuarkusMainLauncher launcher) {
        System.setProperty("padrec.auth.enabled", "true");
        assertOneLine(launcher.launch(), 1, "authentication is on, but nobody could get in: set padrec.auth.keys to role:hash,...");
    }

    @Test
    void withAMalformedKeyItDoesNotStartAndDoesNotRepeatIt(QuarkusMainLauncher launcher) {
        System.setProperty("padrec.auth.enabled", "true");
        System.setProperty("padrec.auth.keys", "train:a-key-in-the-clear");
        LaunchResult result = launcher.launch();
        assertOneLine(result, 1, "entry 1 of padrec.auth.keys is not role:hash");
        assertFalse(result.getOutput().contains("in-the-clear"));
    }

    @Test
    void aJobNeedsNoKeysAndEndsWithWhatCameOfIt(QuarkusMainLauncher launcher) throws IOException {
        System.setProperty("padrec.auth.enabled", "true");
        Path file = Files.writeString(folder.resolve("event"), "{\"specversion\":\"1.0\"}");
        assertOneLine(launcher.launch("--event", file.toString()), 2, "the event has no id");
    }

    @Test
    void withoutItsDatabaseAMigrationFailsInOneLine(QuarkusMainLauncher launcher) {
        assertOneLine(launcher.launch("--migrate"), 1, "padrec cannot start: the database at jdbc:postgresql://127.0.0.1:1/padrec");
    }

    @Test
    void otherArgumentsAreRefused(QuarkusMainLauncher launcher) {
        assertOneLine(launcher.launch("--event"), 2, "arguments are none, --event FILE, or --migrate");
    }
}
