package io.padrec.standalone.pipeline;

import io.padrec.phases.Evaluations;
import io.padrec.phases.Phases;
import io.padrec.phases.Promotions;
import io.padrec.store.Artifacts;
import io.padrec.store.Datasets;
import io.padrec.store.Embeddings;
import io.padrec.store.Models;
import io.padrec.store.Runs;
import io.padrec.store.Snapshots;
import io.padrec.text.TextSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The beans of store and phases, and the encoder's settings, in one place, for code that is no bean itself. */
@Singleton
public class Store {
    @Inject
    Datasets datasets;

    @Inject
    Embeddings embeddings;

    @Inject
    Snapshots snapshots;

    @Inject
    Runs runs;

    @Inject
    Models models;

    @Inject
    Artifacts artifacts;

    @Inject
    TextSettings text;

    @Inject
    Phases phases;

    @Inject
    Evaluations evaluations;

    @Inject
    Promotions promotions;

    public Datasets datasets() {
        return datasets;
    }

    public Embeddings embeddings() {
        return embeddings;
    }

    public Snapshots snapshots() {
        return snapshots;
    }

    public Runs runs() {
        return runs;
    }

    public Models models() {
        return models;
    }

    public Artifacts artifacts() {
        return artifacts;
    }

    public TextSettings text() {
        return text;
    }

    public Phases phases() {
        return phases;
    }

    public Evaluations evaluations() {
        return evaluations;
    }

    public Promotions promotions() {
        return promotions;
    }
}
