package io.padrec.training;

import io.padrec.core.Ranks;

/**
 * One model's ranks on the test split.
 *
 * @param model popularity, text-knn, the backbone (SASRec, GRU4Rec or Caser), text, aligned or PAD
 */
public record Row(String model, Ranks ranks) {
}
