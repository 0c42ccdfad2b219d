package io.padrec.align;

import io.padrec.phases.testing.ProcessContract;
import io.padrec.store.EventTypes;
import io.padrec.store.testing.StoreTestResource;
import io.padrec.training.Recipe;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;

@QuarkusTest
@TestProfile(ProcessContract.Onlooker.class)
@WithTestResource(StoreTestResource.class)
class AlignProcessIT extends ProcessContract {
    AlignProcessIT() {
        super("align", EventTypes.PRETRAIN_COMPLETED);
    }

    @Override
    protected Map<String, Object> beginning(long seed) {
        return Map.of("run", trainer.pretrained(trainer.stock("shop", USERS), Recipe.paper().withEpochs(EPOCHS), seed).id());
    }
}
