package io.padrec.training;

import io.padrec.core.Ranks;

/**
 * One model's ranks on the test split.
 *
 * @param model popularity, text-knn, SASRec, text, aligned or PAD
 */
public record Row(String model, Ranks ranks) {
}
