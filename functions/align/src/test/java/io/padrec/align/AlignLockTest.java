package io.padrec.align;

import io.padrec.phases.testing.LockContract;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(LockContract.Keys.class)
class AlignLockTest extends LockContract {
}
