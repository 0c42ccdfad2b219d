package io.padrec.standalone.local;

import io.padrec.core.PadrecException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An object somewhere in a manifest, which knows where that is.
 *
 * @param place file and path, for messages
 */
record Field(String place, Map<?, ?> values) {
    boolean has(String name) {
        return values.get(name) != null;
    }

    List<String> names() {
        return values.keySet().stream().map(String::valueOf).toList();
    }

    /** @throws PadrecException where it is missing, or no object */
    Field in(String name) {
        if (values.get(name) instanceof Map<?, ?> map) {
            return new Field(place + " " + name, map);
        }
        throw wrong(name, has(name) ? "is no object" : "is missing");
    }

    /** @throws PadrecException where it is missing, or no text */
    String text(String name) {
        if (values.get(name) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw wrong(name, has(name) ? "is no text" : "is missing");
    }

    /** @throws PadrecException where it is no whole number from 0 */
    int count(String name) {
        if (values.get(name) instanceof Integer number && number >= 0) {
            return number;
        }
        throw wrong(name, "must be a whole number from 0");
    }

    /** @throws PadrecException where it is no ISO 8601 duration */
    Duration duration(String name) {
        try {
            return Duration.parse(text(name));
        } catch (DateTimeException e) {
            throw wrong(name, "must be a duration such as PT0.2S");
        }
    }

    /** @throws PadrecException where it is none of them */
    <E extends Enum<E>> E oneOf(String name, E[] all) {
        String text = text(name);
        return Arrays.stream(all).filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text)).findFirst()
                .orElseThrow(() -> wrong(name, "must be one of " + Arrays.toString(all).toLowerCase(Locale.ROOT)));
    }

    PadrecException wrong(String name, String how) {
        return new PadrecException(place + ": " + name + " " + how + (has(name) ? ", but is '" + values.get(name) + "'" : ""));
    }
}
