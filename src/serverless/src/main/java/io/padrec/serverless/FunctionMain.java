package io.padrec.serverless;

import io.padrec.core.PadrecException;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * How every function starts: without arguments it serves, with {@code --event FILE} it is a job for the event in that file, and
 * with {@code --migrate} it makes the tables ready for this version and ends.
 */
@QuarkusMain(name = "function")
public final class FunctionMain {
    private static final int USAGE = 2;
    /** A process that does not serve has no port, and works on nothing of its own accord. */
    private static final Map<String, String> NOT_SERVING = Map.of("quarkus.http.host-enabled", "false",
            "padrec.run.worker", "false", "padrec.auth.enabled", "false");
    /** No text is encoded, so the encoder that is set, and its key, need not be there. */
    private static final Map<String, String> MIGRATING = Map.of("padrec.events.dispatch", "false",
            "padrec.store.migrate", "true", "padrec.store.required", "true", "padrec.text.encoder", "onnx");

    private FunctionMain() {
    }

    /**
     * Ends the process with 0, 1 where it could not start or the work failed, or 2 where the arguments or the event are wrong or its run
     * is parked.
     */
    public static void main(String... args) {
        if (args.length == 0) {
            run(null);
        } else if (args.length == 2 && args[0].equals("--event")) {
            NOT_SERVING.forEach(System::setProperty);
            run(Job.class, args[1]);
        } else if (args.length == 1 && args[0].equals("--migrate")) {
            NOT_SERVING.forEach(System::setProperty);
            MIGRATING.forEach(System::setProperty);
            run(Migration.class);
        } else {
            System.err.println("padrec: arguments are none, --event FILE, or --migrate");
            ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(USAGE, null);
        }
    }

    private static void run(Class<? extends QuarkusApplication> application, String... args) {
        Quarkus.run(application, (code, failure) -> {
            if (failure != null) {
                tell(failure);
            }
            ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(code, failure);
        }, args);
    }

    /** What the user can mend is said in one line. */
    private static void tell(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PadrecException) {
                Logger.getLogger(FunctionMain.class).errorf("padrec cannot start: %s", cause.getMessage());
                return;
            }
        }
        Logger.getLogger(FunctionMain.class).error("padrec cannot start", failure);
    }
}
