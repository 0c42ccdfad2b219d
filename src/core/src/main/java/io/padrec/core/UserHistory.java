package io.padrec.core;

import java.util.List;

/** A user's items, by id, oldest first. */
public record UserHistory(String user, List<String> items) {
}
