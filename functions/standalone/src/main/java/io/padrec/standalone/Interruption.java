package io.padrec.standalone;

import io.padrec.standalone.terminal.Output;
import java.io.PrintStream;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Ctrl-C and kill: one line, then the process ends as Java ends it, with exit code 128 + the signal's number (130 for
 * Ctrl-C). Quarkus and the embedded database stop by shutdown hooks of their own; what training has done so far lies in its
 * last checkpoint.
 */
final class Interruption {
    private static volatile boolean happened;

    private final Thread hook;

    private Interruption(Thread hook) {
        this.hook = hook;
    }

    /** @param said what is kept, and what to do next */
    static Interruption watch(Output output, PrintStream err, String said) {
        Thread hook = new Thread(() -> {
            happened = true;
            silenceLog();
            output.finish();
            err.println("padrec: " + said);
        }, "padrec-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Interruption(hook);
    }

    /** What is cut off fails in its own way, and none of that is news. */
    private static void silenceLog() {
        if (!Failures.isVerbose()) {
            for (Handler handler : Logger.getLogger("").getHandlers()) {
                handler.setLevel(Level.OFF);
            }
        }
    }

    /** Whether the process is being ended from outside. */
    static boolean happened() {
        return happened;
    }

    /** While the process is being ended, the calling thread stops here and leaves the rest to the shutdown hooks. */
    static void letItFinish() {
        while (happened) {
            LockSupport.park();
        }
    }

    /** The command is over: its end is no interruption. */
    void unwatch() {
        if (!happened) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The signal came between the check and here; the hook says so.
                happened = true;
            }
        }
    }
}
