package io.padrec.standalone;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every command takes. */
final class CommonOptions {
    @Option(names = "--home", paramLabel = "DIR", defaultValue = ".padrec",
            description = "Folder that holds all state: database, vectors, models (default: ${DEFAULT-VALUE}).")
    Path home;

    @Option(names = "--json", description = "JSON lines instead of text.")
    boolean json;

    @Option(names = "--verbose", description = "Stack traces and a fuller log.")
    void verbose(boolean verbose) {
        System.setProperty("padrec.verbose", Boolean.toString(verbose));
    }

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    boolean help;
}
