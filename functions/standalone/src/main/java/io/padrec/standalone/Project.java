package io.padrec.standalone;

import io.padrec.core.PadrecException;
import java.nio.file.Path;

/** Where this program lies: {@code functions/standalone/target/quarkus-app/quarkus-run.jar} of the project. */
final class Project {
    private static final int LEVELS = 5;

    private Project() {
    }

    /** The packaged program, as java was told of it. */
    static Path program() {
        return Path.of(System.getProperty("java.class.path"));
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
