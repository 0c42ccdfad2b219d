package io.padrec.store;

/**
 * An object of a bucket.
 *
 * @param etag changes with its content
 * @param size bytes
 */
record S3Object(String key, String etag, long size) {
}
