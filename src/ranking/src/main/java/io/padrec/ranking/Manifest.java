package io.padrec.ranking;

import io.padrec.core.PadrecException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A served bundle's manifest: what it says of its experts. */
final class Manifest {
    private final Map<String, Object> fields;
    private final String name;
    private final List<Expert> experts = new ArrayList<>();

    /**
     * @param name what messages call the bundle
     * @throws PadrecException where the bundle is of another phase than finetune, or does not describe its experts
     */
    Manifest(Map<String, Object> fields, String name) {
        this.fields = fields;
        this.name = name;
        if (!"finetune".equals(fields.get("phase"))) {
            throw refused("is of phase " + fields.get("phase") + ", not finetune, and cannot be served");
        }
        if (fields.get("experts") instanceof List<?> described) {
            described.forEach(expert -> experts.add(new Expert(expert)));
        }
        if (experts.isEmpty()) {
            throw refused("names no experts in its manifest");
        }
        if (names().stream().distinct().count() < experts.size()) {
            throw refused("names an expert twice");
        }
    }

    Map<String, Object> fields() {
        return fields;
    }

    List<Expert> experts() {
        return experts;
    }

    List<String> names() {
        return experts.stream().map(Expert::name).toList();
    }

    PadrecException refused(String reason) {
        return new PadrecException("bundle " + name + " " + reason + "; train the model again");
    }

    /** One entry of the manifest's {@code experts}. */
    final class Expert {
        private final Map<?, ?> fields;

        private Expert(Object entry) {
            if (!(entry instanceof Map<?, ?> map)) {
                throw refused("has an expert in its manifest that is no object");
            }
            this.fields = map;
        }

        String name() {
            return text("name");
        }

        /** The prefix of its tensors. */
        String prefix() {
            return name() + ".";
        }

        String text(String field) {
            if (fields.get(field) instanceof String text) {
                return text;
            }
            throw refused("has an expert without '" + field + "' in its manifest");
        }

        double number(String field) {
            if (fields.get(field) instanceof Number number) {
                return number.doubleValue();
            }
            throw refused("has an expert without the number '" + field + "' in its manifest");
        }

        /** Whether its scores are cosines over a temperature. */
        boolean isCosine() {
            return fields.containsKey("temperature");
        }

        /** The length of both sides of such a score: 1/√τ. */
        float vectorLength() {
            double temperature = number("temperature");
            if (!(temperature > 0)) {
                throw refused("has an expert whose 'temperature' is " + temperature + ", not above 0");
            }
            return (float) (1 / Math.sqrt(temperature));
        }

        int count(String field) {
            double number = number(field);
            if (number >= 1 && number <= Integer.MAX_VALUE && number == Math.rint(number)) {
                return (int) number;
            }
            throw refused("has an expert whose '" + field + "' is " + fields.get(field) + ", not a whole number above 0");
        }
    }
}
