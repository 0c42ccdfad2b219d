package io.padrec.standalone;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the report goes. */
final class ReportOption {
    @Option(names = "--report", paramLabel = "FILE", description = "Where the report is written (default: HOME/report.json).")
    Path report;

    Path file(Path home) {
        return report == null ? home.resolve("report.json") : report;
    }
}
