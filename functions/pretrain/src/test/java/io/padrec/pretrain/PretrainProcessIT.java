package io.padrec.pretrain;

import io.padrec.phases.testing.ProcessContract;
import io.padrec.store.EventTypes;
import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;

@QuarkusTest
@TestProfile(ProcessContract.Onlooker.class)
@WithTestResource(StoreTestResource.class)
class PretrainProcessIT extends ProcessContract {
    PretrainProcessIT() {
        super("pretrain", EventTypes.SNAPSHOT_CREATED);
    }

    @Override
    protected Map<String, Object> beginning(long seed) {
        return Map.of("dataset", "shop", "snapshot", trainer.stock("shop", USERS).hash(), "recipe", "paper",
                "epochs", EPOCHS, "seed", seed);
    }
}
