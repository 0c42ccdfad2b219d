package io.padrec.finetune;

import io.padrec.phases.Promotions;
import io.padrec.serverless.CurrentRequest;
import io.padrec.serverless.Fields;
import io.padrec.serverless.Problem;
import io.padrec.serverless.Role;
import io.padrec.serverless.Routes;
import io.padrec.store.Model;
import io.padrec.store.Models;
import io.padrec.store.Promotion;
import io.quarkus.funqy.Funq;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The models that came of fine-tuning, and the choice by hand of the one that is served. */
@ApplicationScoped
public class ModelFunctions {
    @Inject
    Models models;

    @Inject
    Promotions promotions;

    @Inject
    CurrentRequest request;

    void declare(@Observes Routes routes) {
        routes.get("/models", Role.TRAIN).post("/models/promote", Role.TRAIN).post("/models/rollback", Role.TRAIN);
    }

    /** {@code GET /models}: {@code {"models": [...]}}, the oldest first. */
    @Funq("models")
    public Map<String, Object> models() {
        request.fields(null, Set.of());
        return Map.of("models", models.list().stream().map(Model::toMap).toList());
    }

    /** {@code POST /models/promote {"model": M}} serves a model, whatever its figures. */
    @Funq("models/promote")
    public Map<String, Object> promote(Map<String, Object> body) {
        String model = request.fields(body, Set.of("model")).text("model")
                .orElseThrow(() -> Problem.wrong("model", "model is not given; give a model's id"));
        if (models.find(model).isEmpty()) {
            throw Problem.notFound("model", "there is no model " + Fields.quoted(model) + "; GET /models lists them");
        }
        return json(promotions.promote(model, request.traceparent()));
    }

    /** {@code POST /models/rollback {}} serves the model again that was served before. */
    @Funq("models/rollback")
    public Map<String, Object> rollback(Map<String, Object> body) {
        request.fields(body, Set.of());
        return json(promotions.rollback(request.traceparent()));
    }

    private static Map<String, Object> json(Promotion promotion) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", promotion.model().id());
        json.put("dataset", promotion.model().dataset());
        json.put("previous", promotion.previous());
        return json;
    }
}
