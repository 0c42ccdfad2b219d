package io.padrec.store;

import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How to reach the S3 store; what is not said here, the AWS SDK finds in its own places. */
@Singleton
class S3Settings {
    /** The store's URL; empty for Amazon's own. */
    @ConfigProperty(name = "padrec.artifacts.s3.endpoint")
    Optional<URI> endpoint;

    @ConfigProperty(name = "padrec.artifacts.s3.region")
    Optional<String> region;

    /** Whether the bucket's name stands in the path of URLs, not in front of the host's. */
    @ConfigProperty(name = "padrec.artifacts.s3.path-style")
    boolean pathStyle;

    @ConfigProperty(name = "padrec.artifacts.s3.access-key")
    Optional<String> accessKey;

    @ConfigProperty(name = "padrec.artifacts.s3.secret-key")
    Optional<String> secretKey;
}
