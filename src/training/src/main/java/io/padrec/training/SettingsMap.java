package io.padrec.training;

import io.padrec.core.PadrecException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Records of settings as JSON values, and back. */
final class SettingsMap {
    private SettingsMap() {
    }

    static Map<String, Object> of(Record settings) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            try {
                map.put(component.getName(), value(component.getAccessor().invoke(settings)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return map;
    }

    static Object value(Object setting) {
        return switch (setting) {
            case Record inner -> of(inner);
            case Enum<?> e -> name(e);
            // Through its decimal form, so that 0.1f reads 0.1.
            case Float f -> Double.valueOf(f.toString());
            case Integer i -> Long.valueOf(i);
            default -> setting;
        };
    }

    /**
     * @param place what stands before a setting's name in messages, such as {@code pretrain.}
     * @throws PadrecException where a setting is missing, not known, or of a wrong kind
     */
    static <R extends Record> R read(Class<R> type, Map<?, ?> map, String place) {
        RecordComponent[] components = type.getRecordComponents();
        Set<Object> unknown = new HashSet<>(map.keySet());
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : components) {
            unknown.remove(component.getName());
            values.add(read(component.getType(), map.get(component.getName()), place + component.getName()));
        }
        if (!unknown.isEmpty()) {
            throw new PadrecException("the recipe has a setting '" + place + unknown.stream().map(String::valueOf).sorted().toList()
                    .getFirst() + "' that this version does not know; use the padrec version that began it, or begin it again");
        }
        try {
            Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return type.getDeclaredConstructor(types).newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof PadrecException refused ? refused : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object read(Class<?> type, Object value, String setting) {
        if (value == null) {
            throw new PadrecException("the recipe lacks the setting '" + setting
                    + "'; use the padrec version that began it, or begin it again");
        }
        if (type == String.class && value instanceof String || type == boolean.class && value instanceof Boolean) {
            return value;
        }
        if (type == float.class && value instanceof Number number) {
            return Float.parseFloat(number.toString());
        }
        if (type == int.class && value instanceof Long whole && whole == whole.intValue()) {
            return whole.intValue();
        }
        if (type.isEnum()) {
            return constant(type, value, setting);
        }
        if (type.isRecord() && value instanceof Map<?, ?> inner) {
            return read(type.asSubclass(Record.class), inner, setting + ".");
        }
        throw new PadrecException("the recipe's setting '" + setting + "' cannot be '" + value + "'; it is "
                + (type.isRecord() ? "an object" : "of type " + type.getSimpleName().toLowerCase(Locale.ROOT)));
    }

    private static Object constant(Class<?> type, Object value, String setting) {
        List<Enum<?>> constants = Arrays.stream(type.getEnumConstants()).<Enum<?>>map(constant -> (Enum<?>) constant).toList();
        return constants.stream().filter(constant -> name(constant).equals(value)).findFirst()
                .orElseThrow(() -> new PadrecException("the recipe's setting '" + setting + "' cannot be '" + value + "'; use "
                        + String.join(" or ", constants.stream().map(SettingsMap::name).toList())));
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
