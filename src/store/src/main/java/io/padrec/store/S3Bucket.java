package io.padrec.store;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** One bucket of an S3-compatible store, by the AWS SDK: it retries, and every call's failure is said in one line. */
final class S3Bucket implements AutoCloseable {
    /** A file of more bytes is sent in parts: one request takes 5 GB at most, and a retry should not send it all again. */
    private static final int PART = 16 << 20;

    private final String name;
    private final S3Client client;
    private final S3Failures failures;

    private S3Bucket(String name, S3Client client, S3Failures failures) {
        this.name = name;
        this.client = client;
        this.failures = failures;
    }

    /** @throws PadrecException where the settings are not right */
    static S3Bucket open(String name, S3Settings settings) {
        S3Failures failures = new S3Failures(name, settings);
        if (settings.accessKey.isPresent() != settings.secretKey.isPresent()) {
            throw new PadrecException("padrec.artifacts.s3.access-key and secret-key belong together; set both or neither");
        }
        S3ClientBuilder builder = S3Client.builder()
                .httpClient(UrlConnectionHttpClient.builder().connectionTimeout(Duration.ofSeconds(5))
                        .socketTimeout(Duration.ofSeconds(30)).build())
                .overrideConfiguration(options -> options.retryStrategy(RetryMode.STANDARD))
                // Java's URL connection takes a refusal of what was expected for a broken protocol.
                .serviceConfiguration(options -> options.pathStyleAccessEnabled(settings.pathStyle).expectContinueEnabled(false))
                // Not every store knows the newer checksums; artifacts carry hashes of their own.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        settings.endpoint.ifPresent(endpoint -> builder.endpointOverride(endpoint).region(Region.US_EAST_1));
        settings.region.map(Region::of).ifPresent(builder::region);
        settings.accessKey.ifPresent(key -> builder.credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(key, settings.secretKey.orElseThrow()))));
        try {
            return new S3Bucket(name, builder.build(), failures);
        } catch (SdkException e) {
            throw failures.explain(e, "s3://" + name);
        }
    }

    String place(String key) {
        return "s3://" + name + "/" + key;
    }

    /** All objects whose keys begin so. */
    List<S3Object> list(String begin) {
        return call(begin, () -> client.listObjectsV2Paginator(request -> request.bucket(name).prefix(begin)).contents()
                .stream().map(object -> new S3Object(object.key(), object.eTag(), object.size())).toList());
    }

    /** Streams the object into a file that is not there yet. */
    void get(S3Object object, Path file) throws IOException {
        call(object.key(), () -> client.getObject(request -> request.bucket(name).key(object.key()).ifMatch(object.etag()),
                file));
        if (Files.size(file) != object.size()) {
            throw new IOException(place(object.key()) + " has " + object.size() + " bytes, of which " + Files.size(file)
                    + " came");
        }
    }

    /** A small object's bytes. */
    byte[] read(String key) {
        return call(key, () -> client.getObjectAsBytes(request -> request.bucket(name).key(key)).asByteArray());
    }

    void delete(String key) {
        call(key, () -> client.deleteObject(request -> request.bucket(name).key(key)));
    }

    /** Sends a file of any size, part by part, of which one is in memory. */
    void put(Path file, String key) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] first = in.readNBytes(PART);
            if (first.length == PART || !putWhole(first, key)) {
                putParts(first, in, key);
            }
        } catch (IOException e) {
            throw new PadrecException("cannot read " + file + " to store it as " + place(key) + ": " + e, e);
        }
    }

    /**
     * False where the connection broke. So it may where the store refuses a request before it has read the body, and then only
     * a request without a body is told why; sending in parts begins with one.
     */
    private boolean putWhole(byte[] bytes, String key) {
        return call(key, () -> {
            try {
                client.putObject(request -> request.bucket(name).key(key), RequestBody.fromBytes(bytes));
                return true;
            } catch (SdkClientException e) {
                return false;
            }
        });
    }

    private void putParts(byte[] first, InputStream rest, String key) throws IOException {
        String upload = call(key, () -> client.createMultipartUpload(request -> request.bucket(name).key(key)).uploadId());
        try {
            List<CompletedPart> parts = new ArrayList<>();
            byte[] bytes = first;
            do {
                parts.add(putPart(bytes, parts.size() + 1, upload, key));
                bytes = rest.readNBytes(PART);
            } while (bytes.length > 0);
            call(key, () -> client.completeMultipartUpload(request -> request.bucket(name).key(key).uploadId(upload)
                    .multipartUpload(all -> all.parts(parts))));
        } catch (IOException | RuntimeException e) {
            abort(upload, key, e);
            throw e;
        }
    }

    private void abort(String upload, String key, Exception failure) {
        try {
            client.abortMultipartUpload(request -> request.bucket(name).key(key).uploadId(upload));
        } catch (SdkException e) {
            // The first failure is the one to report; parts that are left are for the bucket's own rules to clear.
            failure.addSuppressed(e);
        }
    }

    private CompletedPart putPart(byte[] bytes, int number, String upload, String key) {
        String etag = call(key, () -> client.uploadPart(request -> request.bucket(name).key(key).uploadId(upload)
                .partNumber(number), RequestBody.fromBytes(bytes)).eTag());
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    @Override
    public void close() {
        client.close();
    }

    private <T> T call(String key, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw failures.explain(e, place(key));
        }
    }
}
