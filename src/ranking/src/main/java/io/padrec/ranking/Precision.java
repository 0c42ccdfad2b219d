package io.padrec.ranking;

/** How exactly a ranker keeps item vectors. */
public enum Precision {
    /** As they were trained: 4 bytes a number. */
    FLOAT32,
    /** One byte a number and a scale for each vector: a quarter of the memory, and of the time that scoring many items takes. */
    INT8
}
