package io.padrec.core;

/** An item as its owner names and describes it. */
public record Item(String id, String title) {
}
