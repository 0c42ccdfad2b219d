package io.padrec.store;

import java.io.IOException;
import java.nio.file.Files;

class FolderStoreTest extends ArtifactStoreContract {
    @Override
    Artifacts machine(int number) {
        return Machines.onFolder(folder.resolve("artifacts"), folder.resolve("cache-" + number));
    }

    @Override
    void alter(String file, byte[] bytes) throws IOException {
        Files.write(folder.resolve("artifacts").resolve(file), bytes);
    }
}
