package io.padrec.standalone.local;

import java.util.Map;

/**
 * Which events go where: a Knative Trigger.
 *
 * @param name       its name
 * @param filter     attributes that an event must have, each with exactly this value
 * @param subscriber the name of the Service that gets them
 * @param delivery   how hard it tries
 */
record Trigger(String name, Map<String, String> filter, String subscriber, Delivery delivery) {
    Trigger {
        filter = Map.copyOf(filter);
    }

    boolean matches(CloudEvent event) {
        return filter.entrySet().stream().allMatch(wanted -> wanted.getValue().equals(event.attribute(wanted.getKey())));
    }
}
