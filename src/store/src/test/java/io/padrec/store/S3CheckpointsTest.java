package io.padrec.store;

import io.padrec.store.testing.S3Server;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class S3CheckpointsTest extends CheckpointsContract {
    private static S3Server server;

    /** Each test has a prefix of its own. */
    private final String prefix = UUID.randomUUID().toString();

    @BeforeAll
    static void start() throws IOException {
        server = S3Server.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Override
    Artifacts machine(int number) {
        return Machines.onS3(server, prefix, cache(number));
    }
}
