package io.padrec.standalone.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A manifest read by the model of its kind, and what the model has to complain of. */
final class Model {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private final List<String> complaints = new ArrayList<>();

    private Model() {
    }

    /**
     * Everything in the manifest that its kind does not know, or knows as another type: Kubernetes would refuse it, Knative might
     * drop it in silence.
     */
    static List<String> complaints(JsonNode manifest) {
        HasMetadata resource = SERIALIZATION.convertValue(manifest, HasMetadata.class);
        Model model = new Model();
        if (resource instanceof GenericKubernetesResource) {
            model.complaints.add("unknown kind " + manifest.path("apiVersion").asText() + " " + manifest.path("kind").asText());
        } else {
            model.unknownFields("", resource);
            model.otherTypes("", manifest, SERIALIZATION.convertValue(resource, JsonNode.class));
        }
        return model.complaints;
    }

    private void unknownFields(String path, Object value) {
        switch (value) {
            case null -> {
            }
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    unknownFields(path + "/" + i, list.get(i));
                }
            }
            case Map<?, ?> map -> map.forEach((key, each) -> unknownFields(path + "/" + key, each));
            default -> {
                if (value.getClass().getName().startsWith("io.fabric8.")) {
                    unknownFieldsOfBean(path, value);
                }
            }
        }
    }

    private void unknownFieldsOfBean(String path, Object bean) {
        for (Method method : bean.getClass().getMethods()) {
            if (method.getName().equals("getAdditionalProperties")) {
                ((Map<?, ?>) call(method, bean)).keySet().forEach(field -> complaints.add("unknown field " + path + "/" + field));
            } else if (method.getName().startsWith("get") && method.getParameterCount() == 0 && !method.isBridge()) {
                String name = method.getName().substring(3);
                unknownFields(path + "/" + Character.toLowerCase(name.charAt(0)) + name.substring(1), call(method, bean));
            }
        }
    }

    private static Object call(Method method, Object bean) {
        try {
            return method.invoke(bean);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(method.toString(), e);
        }
    }

    /** The model turns a number that should be a text into one; a cluster does not. */
    private void otherTypes(String path, JsonNode written, JsonNode read) {
        if (written.isObject() && read.isObject()) {
            for (Map.Entry<String, JsonNode> field : ((ObjectNode) written).properties()) {
                otherTypes(path + "/" + field.getKey(), field.getValue(), read.path(field.getKey()));
            }
        } else if (written.isArray() && read.isArray() && written.size() == read.size()) {
            for (int i = 0; i < written.size(); i++) {
                otherTypes(path + "/" + i, written.get(i), read.get(i));
            }
        } else if (written.isNumber() && read.isNumber() ? written.longValue() != read.longValue()
                : !written.equals(read) && !(written.isArray() && written.isEmpty() && read.isMissingNode())) {
            complaints.add(path + " is " + written + ", read as " + read);
        }
    }
}
