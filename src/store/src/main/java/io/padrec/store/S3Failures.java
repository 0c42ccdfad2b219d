package io.padrec.store;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.net.URI;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says in one line what went wrong with the S3 store, where the user can mend it. */
final class S3Failures {
    private static final int NOT_FOUND = 404;
    private static final String NO_BUCKET = "NoSuchBucket";

    private final String bucket;
    private final String store;

    S3Failures(String bucket, S3Settings settings) {
        this.bucket = bucket;
        this.store = "the S3 store" + settings.endpoint.map(URI::toString).map(" at "::concat).orElse("");
    }

    /** @param place what was asked for */
    PadrecException explain(SdkException failure, String place) {
        if (failure instanceof AwsServiceException answer) {
            return new PadrecException(answered(answer, place), isMissing(answer) ? answer : outage(answer));
        }
        return new PadrecException(unanswered(failure, place), outage(failure));
    }

    private static boolean isMissing(AwsServiceException answer) {
        return answer.statusCode() == NOT_FOUND && !NO_BUCKET.equals(code(answer));
    }

    private static String code(AwsServiceException answer) {
        return answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorCode();
    }

    /** Of the SDK's own exceptions nobody knows that the same may succeed later. */
    private static IOException outage(SdkException failure) {
        return new IOException(failure.getMessage(), failure);
    }

    private String answered(AwsServiceException answer, String place) {
        String code = code(answer);
        String said = oneLine(answer.awsErrorDetails() == null ? answer.getMessage() : answer.awsErrorDetails().errorMessage());
        if (NO_BUCKET.equals(code)) {
            return store + " has no bucket '" + bucket + "'; create it, or set padrec.artifacts to another";
        }
        return switch (answer.statusCode()) {
            case 401, 403 -> store + " denies access to " + place + " (" + code + ": " + said
                    + "); check the keys and what they are allowed in the bucket";
            case NOT_FOUND -> ArtifactStore.missing(place).getMessage();
            case 412 -> place + " was replaced while it was read; try again";
            default -> store + " refuses " + place + " (" + answer.statusCode() + " " + code + ": " + said
                    + "); check padrec.artifacts.s3.endpoint and region, and try again";
        };
    }

    private String unanswered(SdkException failure, String place) {
        String said = oneLine(failure.getMessage());
        if (said.startsWith("Unable to load credentials")) {
            return "there are no keys for " + store + "; set padrec.artifacts.s3.access-key and secret-key, or give them in one "
                    + "of the places that the AWS SDK knows";
        }
        if (said.startsWith("Unable to load region")) {
            return "there is no region for " + store + "; set padrec.artifacts.s3.region or endpoint";
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return store + " does not answer for " + place + ": " + root.getClass().getSimpleName() + ": "
                + oneLine(root.getMessage()) + "; check padrec.artifacts.s3.endpoint, the network, and the space left on the disk";
    }

    private static String oneLine(String message) {
        return String.valueOf(message).lines().findFirst().orElse("");
    }
}
