package io.padrec.standalone;

import io.padrec.core.PadrecException;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Says in one line what went wrong; the stack trace comes only where it is asked for. */
final class Failures {
    private final PrintStream err;

    Failures(PrintStream err) {
        this.err = err;
    }

    /** Wrong arguments: what is wrong, and where the right ones are listed. */
    int arguments(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        err.println("padrec: " + oneLine(e.getMessage()) + "; see " + command.getCommandSpec().qualifiedName() + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Failed work. A process that is being ended fails in the middle of what it does: of that there is nothing to say. */
    int execution(Throwable e) {
        if (Interruption.happened()) {
            return 1;
        }
        err.println("padrec: " + message(e));
        if (isVerbose()) {
            e.printStackTrace(err);
        }
        return 1;
    }

    static boolean isVerbose() {
        return Boolean.getBoolean("padrec.verbose") || System.getenv("PADREC_DEBUG") != null;
    }

    private static String message(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof PadrecException) {
                return oneLine(cause.getMessage());
            }
            if (cause instanceof OutOfMemoryError) {
                return "out of memory (" + oneLine(cause.getMessage())
                        + "); give it more, e.g. PADREC_JAVA_OPTS=-Xmx4g, or fewer items";
            }
        }
        return "unexpected failure: " + oneLine(e.toString()) + "; --verbose shows where, please report it";
    }

    private static String oneLine(String text) {
        return String.valueOf(text).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
