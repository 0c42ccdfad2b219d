package io.padrec.store;

import static io.padrec.store.Lines.assertOneLine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Bundle;
import io.padrec.core.PadrecException;
import io.padrec.store.testing.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class S3StoreTest extends ArtifactStoreContract {
    private static S3Server server;

    /** Each test has a prefix of its own. */
    private final String prefix = UUID.randomUUID() + "/padrec";

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

    private Path cache(int number) {
        return folder.resolve("cache-" + number);
    }

    @Override
    void alter(String file, byte[] bytes) throws IOException {
        try (S3Bucket bucket = S3Bucket.open(S3Server.BUCKET, Machines.settings(server.endpoint()))) {
            bucket.put(Files.write(folder.resolve("altered"), bytes), prefix + "/" + file);
        }
    }

    @Test
    void aBundleWithoutItsManifestIsNotThereAndIsWrittenOver() throws IOException {
        alter("bundles/run/model.safetensors", new byte[100]);

        assertFalse(artifacts.exists("bundles/run"));
        assertOneLine(() -> artifacts.read("bundles/run", Bundle::read), "no artifact s3://", "bundles/run");
        artifacts.store("bundles/run", Examples.bundle(1)::write);
        assertSeed(1, machine(2));
    }

    @Test
    void whatWasReadIsNotDownloadedAgain() throws IOException {
        store("uploads/a.txt", "first");
        Path first = artifacts.read("uploads/a.txt", path -> path);
        FileTime downloaded = Files.getLastModifiedTime(first);

        assertEquals(first, machine(1).read("uploads/a.txt", path -> path));
        assertEquals(downloaded, Files.getLastModifiedTime(first));
        assertEquals(List.of(first.getParent()), entries(cache(1)));
    }

    @Test
    void aDamagedCopyIsDownloadedAgainOnce() throws IOException {
        artifacts.store("bundles/run", Examples.bundle(1)::write);
        Path copy = artifacts.read("bundles/run", path -> path);
        Files.write(copy.resolve("model.safetensors"), new byte[100]);

        assertSeed(1, artifacts);
        assertSeed(1, machine(1));
        assertEquals(2, entries(cache(1)).size());
    }

    @Test
    void aBundleThatIsDamagedInTheStoreIsDownloadedTwiceAndNoMore() throws IOException {
        artifacts.store("bundles/run", Examples.bundle(1)::write);
        alter("bundles/run/model.safetensors", new byte[100]);

        for (int i = 0; i < 3; i++) {
            assertOneLine(() -> artifacts.read("bundles/run", Bundle::read), "s3://" + S3Server.BUCKET, "is refused", "damaged");
        }
        assertEquals(2, entries(cache(1)).size());
    }

    @Test
    void aCopyThatNobodyUsedForADayIsDeleted() throws IOException {
        store("uploads/old", "old");
        store("uploads/new", "new");
        Path old = artifacts.read("uploads/old", path -> path);
        Files.setLastModifiedTime(old.getParent(), FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        Path kept = artifacts.read("uploads/new", path -> path);

        assertFalse(Files.exists(old.getParent()));
        assertEquals("new", Files.readString(kept));
        assertEquals("old", text(artifacts, "uploads/old"));
    }

    @Test
    void moreFilesThanOneAnswerHoldsAreListed() throws IOException {
        Path many = Files.createDirectories(server.bucket().resolve(prefix).resolve("many"));
        for (int i = 0; i < 1_005; i++) {
            Files.createFile(many.resolve("file-" + i));
        }
        assertEquals(1_005, artifacts.files("many").size());
    }

    @Test
    void aBucketThatIsNotThereIsSaidInOneLine() {
        Artifacts nowhere = Machines.on("s3://nowhere", Machines.settings(server.endpoint()), cache(1));

        assertOneLine(() -> nowhere.exists("a/b"), server.endpoint(), "no bucket 'nowhere'", "create it");
        assertOneLine(() -> nowhere.store("a/b", path -> AtomicFiles.writeString(path, "text")), "no bucket 'nowhere'");
        assertOneLine(() -> Machines.on("s3:///prefix", Machines.settings(null), cache(1)).exists("a/b"), "names no bucket");
    }

    @Test
    void wrongKeysAreSaidInOneLine() {
        S3Settings settings = Machines.settings(server.endpoint());
        settings.secretKey = Optional.of("not the secret");
        Artifacts denied = Machines.on("s3://" + S3Server.BUCKET, settings, cache(1));
        assertOneLine(() -> denied.exists("a/b"), server.endpoint(), "denies access", "check the keys");
        assertOneLine(() -> denied.store("a/b", path -> AtomicFiles.writeString(path, "text")), "denies access");
        assertOneLine(() -> denied.store("a/big", path -> AtomicFiles.write(path,
                temporary -> Files.write(temporary, new byte[17 << 20]))), "denies access");

        settings.secretKey = Optional.empty();
        Artifacts half = Machines.on("s3://" + S3Server.BUCKET, settings, cache(1));
        assertOneLine(() -> half.exists("a/b"), "access-key and secret-key", "set both");
    }

    @Test
    void aStoreThatDoesNotAnswerIsSaidInOneLine() {
        Artifacts down = Machines.on("s3://" + S3Server.BUCKET, Machines.settings("http://127.0.0.1:1"), cache(1));

        assertOneLine(() -> down.exists("a/b"), "http://127.0.0.1:1", "does not answer", "a/b", "refused",
                "padrec.artifacts.s3.endpoint");
    }

    @Test
    void anOutageIsToldFromWhatIsNotThere() {
        Artifacts down = Machines.on("s3://" + S3Server.BUCKET, Machines.settings("http://127.0.0.1:1"), cache(1));
        Artifacts nowhere = Machines.on("s3://nowhere", Machines.settings(server.endpoint()), cache(1));
        Artifacts up = Machines.on("s3://" + S3Server.BUCKET, Machines.settings(server.endpoint()), cache(1));

        assertInstanceOf(IOException.class, assertThrows(PadrecException.class, () -> down.exists("a/b")).getCause());
        assertInstanceOf(IOException.class, assertThrows(PadrecException.class, () -> nowhere.exists("a/b")).getCause());
        assertNull(assertThrows(PadrecException.class, () -> up.read("not/there", path -> path)).getCause());
    }

    private static List<Path> entries(Path cache) throws IOException {
        try (Stream<Path> entries = Files.list(cache.resolve("artifacts"))) {
            return entries.toList();
        }
    }
}
