/**
 * Items and interactions into the store, over HTTP ({@code POST /items}, {@code POST /interactions}) and by events; text vectors
 * for the items, in the background; snapshots to train on ({@code POST /snapshots}).
 */
package io.padrec.ingest;
