package io.padrec.store;

import static io.padrec.store.Examples.ENCODER;
import static io.padrec.store.Examples.ITEMS;
import static io.padrec.store.Lines.assertOneLine;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.store.testing.S3TestResource;
import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The store's beans do with artifacts on S3 what they do with a folder. */
@QuarkusTest
@WithTestResource(StoreTestResource.class)
@WithTestResource(S3TestResource.class)
class StoreOnS3Test {
    @Inject
    Datasets datasets;

    @Inject
    Embeddings embeddings;

    @Inject
    Snapshots snapshots;

    @Inject
    Models models;

    @Inject
    Artifacts artifacts;

    @Inject
    Checkpoints checkpoints;

    @Test
    void artifactsLieInTheBucket() {
        assertTrue(artifacts.place("a/b").startsWith("s3://padrec-test/padrec/"), artifacts.place("a/b"));
    }

    @Test
    void aSnapshotIsCutFromSegmentsAndReadBack() {
        String hash = Examples.snapshot("on s3", datasets, embeddings, snapshots);

        assertArrayEquals(Examples.matrix(ITEMS), snapshots.read(hash).text());
        assertEquals(List.of(), embeddings.missing("on s3", ENCODER));
        artifacts.delete("embeddings");
        assertEquals(ITEMS, embeddings.missing("on s3", ENCODER));
        assertOneLine(() -> embeddings.matrix("on s3", ENCODER, Examples.catalogue(ITEMS)), "no artifact s3://");
    }

    @Test
    void aModelNeedsItsBundle() {
        String bundle = Examples.bundle("there", artifacts);

        assertEquals(bundle, models.register("m", "sample", null, bundle, Map.of()).bundle());
        assertOneLine(() -> models.register("n", "sample", null, "bundles/gone", Map.of()), "no bundle s3://", "bundles/gone");
    }

    @Test
    void checkpointsAreKept() throws IOException {
        try (CheckpointFolder first = checkpoints.open("run", 1)) {
            Examples.bundle(1).write(first.folder().resolve("ids/epoch-1"));
            first.publish();
        }
        assertEquals(2, artifacts.files("checkpoints/run/attempt-1").size());
        checkpoints.forget("run");
        assertEquals(0, artifacts.files("checkpoints").size());
    }
}
