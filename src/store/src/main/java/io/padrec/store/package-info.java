/**
 * What padrec knows and made: datasets, embeddings, snapshots, runs and models in PostgreSQL, and their files among the
 * artifacts. The beans {@link io.padrec.store.Datasets}, {@link io.padrec.store.Embeddings},
 * {@link io.padrec.store.Snapshots}, {@link io.padrec.store.Runs}, {@link io.padrec.store.Models},
 * {@link io.padrec.store.Artifacts} and {@link io.padrec.store.Checkpoints} are the way in; each call on the database is a
 * transaction of its own unless one is open already.
 *
 * <p>The application gives {@code quarkus.datasource.jdbc.url}, {@code username} and {@code password} (PostgreSQL 15 or
 * later, encoding UTF-8) and {@code padrec.artifacts}; the tables are made and migrated at start. Every call may throw
 * {@link io.padrec.core.PadrecException} where the database is down, full, or of a newer padrec.
 *
 * <p>{@code padrec.artifacts} is a folder, which processes may share, or {@code s3://BUCKET/PREFIX} on any S3-compatible
 * store. {@code padrec.artifacts.s3.endpoint} names a store other than Amazon's ({@code path-style=true} where bucket names are
 * no host names there); {@code region}, {@code access-key} and {@code secret-key} left out are looked for where the AWS SDK
 * does. What is read from S3 is copied to {@code padrec.artifacts.cache} first, by default {@code padrec-artifacts} in the
 * folder for temporary files; copies that nobody used for a day are deleted. Keys must allow listing the bucket, and reading,
 * writing and deleting objects; a rule that aborts incomplete uploads is a good thing to have.
 *
 * <p>Small tables are Panache entities. Items, users and interactions are written by COPY and read as plain rows: they come
 * by the hundred thousand, and entities would cost ten times the time and memory.
 */
package io.padrec.store;
