package io.padrec.store;

class FolderCheckpointsTest extends CheckpointsContract {
    @Override
    Artifacts machine(int number) {
        return Machines.onFolder(folder.resolve("artifacts"), cache(number));
    }
}
