package io.padrec.postgres;

import io.padrec.core.PadrecException;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs programs that refuse to run as root: for root, inside a user namespace where they are nobody. */
final class Programs {
    private Programs() {
    }

    /** @throws IOException where the program does not end with 0; its message is the line in which the program says why */
    static void run(Path program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(program.toString());
        command.addAll(arguments);
        // A file, not a pipe: a server that outlives this process would keep a pipe open, and reading it would never end.
        Path output = Files.createTempFile("padrec-postgres", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            // The programs, and the server they start, say what is wrong in one language.
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            process.getOutputStream().close();
            if (exitCode(process, program) != 0) {
                throw new IOException(why(Files.readAllLines(output, StandardCharsets.ISO_8859_1), program));
            }
        } finally {
            Files.delete(output);
        }
    }

    private static String why(List<String> said, Path program) {
        return said.stream().filter(line -> line.contains("error:") || line.contains("FATAL:")).findFirst()
                .map(line -> line.replaceFirst("^.*(error|FATAL): +", ""))
                .or(() -> said.stream().filter(line -> !line.isBlank()).reduce((first, second) -> second))
                .orElse(program.getFileName() + " gives no reason");
    }

    private static int exitCode(Process process, Path program) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new PadrecException("stopped while waiting for " + program.getFileName(), e);
        }
    }
}
