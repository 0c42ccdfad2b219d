/**
 * A model bundle in memory to the best items for a history. Plain Java: no native code, no reflection. The one entry is
 * {@link io.padrec.ranking.Ranker}.
 */
package io.padrec.ranking;
