package io.padrec.standalone;

import io.padrec.core.PadrecException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where this program lies: {@code functions/standalone/target/quarkus-app/quarkus-run.jar} of the project. */
final class Project {
    private static final int LEVELS = 5;

    private Project() {
    }

    /** The packaged program, as java was told of it. */
    static Path program() {
        return Path.of(System.getProperty("java.class.path"));
    }

    /** Program and arguments of another process of this very program, with the same options for java; the command is to follow. */
    static List<String> again() {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        // What it says goes to a file or a pipe, which has no columns.
        line.addAll(List.of("-Dpadrec.columns=0", "-jar", program().toString()));
        return line;
    }

    /** @throws PadrecException where the program does not run from the project's folder */
    static Path root() {
        Path path = program().toAbsolutePath().normalize();
        for (int level = 0; level < LEVELS && path != null; level++) {
            path = path.getParent();
        }
        if (path == null) {
            throw new PadrecException("the functions are started from the project's folder; run scripts/padrec there");
        }
        return path;
    }
}
