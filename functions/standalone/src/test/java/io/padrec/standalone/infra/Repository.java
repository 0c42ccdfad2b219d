package io.padrec.standalone.infra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of this repository. */
final class Repository {
    static final Path ROOT = root();
    static final Path INFRA = ROOT.resolve("infra");
    static final Path WORKFLOWS = ROOT.resolve(".github/workflows");

    private Repository() {
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("infra/base"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** Every YAML file in and below a folder, in order. */
    static List<Path> yamlFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
        }
    }
}
