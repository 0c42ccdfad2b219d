package io.padrec.finetune;

import io.padrec.phases.testing.LockContract;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(LockContract.Keys.class)
class FinetuneLockTest extends LockContract {
}
