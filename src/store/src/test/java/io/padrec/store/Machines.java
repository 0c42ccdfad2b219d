package io.padrec.store;

import io.padrec.store.testing.S3Server;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Artifacts as different machines see them: each has a folder for copies of its own. */
final class Machines {
    private Machines() {
    }

    static Artifacts onFolder(Path folder, Path cache) {
        return on(folder.toString(), settings(null), cache);
    }

    static Artifacts onS3(S3Server server, String prefix, Path cache) {
        return on("s3://" + S3Server.BUCKET + "/" + prefix, settings(server.endpoint()), cache);
    }

    static Artifacts on(String place, S3Settings settings, Path cache) {
        Artifacts artifacts = new Artifacts();
        artifacts.place = place;
        artifacts.s3 = settings;
        artifacts.cache = cache;
        return artifacts;
    }

    /** The tester's settings for a store there. */
    static S3Settings settings(String endpoint) {
        S3Settings settings = new S3Settings();
        settings.endpoint = Optional.ofNullable(endpoint).map(URI::create);
        settings.region = Optional.empty();
        settings.pathStyle = true;
        settings.accessKey = Optional.of(S3Server.ACCESS_KEY);
        settings.secretKey = Optional.of(S3Server.SECRET_KEY);
        return settings;
    }
}
