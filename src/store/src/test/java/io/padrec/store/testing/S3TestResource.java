package io.padrec.store.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Artifacts on a real S3 server, in the place of the folder of {@link StoreTestResource}, beside which it is named. */
public final class S3TestResource implements QuarkusTestResourceLifecycleManager {
    private S3Server server;

    @Override
    public Map<String, String> start() {
        try {
            server = S3Server.start();
            return server.properties("padrec");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try {
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After the folder: what is started last has the last word. */
    @Override
    public int order() {
        return 1;
    }
}
