package io.padrec.standalone;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintStream;
import picocli.CommandLine;

/** The command line. Arguments are parsed before anything is started, so that help and mistakes are answered at once. */
@QuarkusMain
public final class Main {
    private Main() {
    }

    public static void main(String... args) {
        System.exit(run(System.out, System.err, args));
    }

    /** Runs one command and returns the process's exit code: 0, 1 where the work failed, 2 where the arguments are wrong. */
    static int run(PrintStream out, PrintStream err, String... args) {
        Failures failures = new Failures(err);
        return new CommandLine(new Padrec(out))
                .setOut(new java.io.PrintWriter(out, true))
                .setErr(new java.io.PrintWriter(err, true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(failures::arguments)
                .setExecutionExceptionHandler((e, command, parsed) -> failures.execution(e))
                .execute(args);
    }
}
