package io.padrec.serverless.testing;

import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** An empty store whose database a test takes away and gives back by its field of type {@link Gateway}. */
public final class StoreBehindGateway implements QuarkusTestResourceLifecycleManager {
    private final StoreTestResource store = new StoreTestResource();
    private Gateway gateway;

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>(store.start());
        String url = config.get("quarkus.datasource.jdbc.url");
        int port = URI.create(url.substring("jdbc:".length())).getPort();
        try {
            gateway = new Gateway(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        config.put("quarkus.datasource.jdbc.url", url.replace(":" + port, ":" + gateway.port()));
        return config;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(gateway, new TestInjector.MatchesType(Gateway.class));
    }

    @Override
    public void stop() {
        try {
            gateway.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            store.stop();
        }
    }
}
