package io.padrec.store;

import java.util.List;

/**
 * An item as serving sees it.
 *
 * @param categories names of what it belongs to
 * @param available  whether it may be recommended
 * @param embedded   whether its present text has a vector
 */
public record ItemState(String id, String title, List<String> categories, boolean available, boolean embedded) {
}
