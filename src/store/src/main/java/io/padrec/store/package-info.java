/**
 * What padrec knows and made: datasets, embeddings, snapshots, runs and models in PostgreSQL, and their files in the
 * artifact folder. The beans {@link io.padrec.store.Datasets}, {@link io.padrec.store.Embeddings},
 * {@link io.padrec.store.Snapshots}, {@link io.padrec.store.Runs}, {@link io.padrec.store.Models} and
 * {@link io.padrec.store.Artifacts} are the way in; each call is a transaction of its own unless one is open already.
 *
 * <p>The application gives {@code quarkus.datasource.jdbc.url}, {@code username} and {@code password} (PostgreSQL 15 or
 * later, encoding UTF-8) and {@code padrec.artifacts}; the tables are made and migrated at start. Every call may throw
 * {@link io.padrec.core.PadrecException} where the database is down, full, or of a newer padrec.
 *
 * <p>Small tables are Panache entities. Items, users and interactions are written by COPY and read as plain rows: they come
 * by the hundred thousand, and entities would cost ten times the time and memory.
 */
package io.padrec.store;
