package io.padrec.phases;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Bundle;
import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import io.padrec.store.Artifacts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What runs leave among the artifacts: {@code bundles/RUN} and, of phase finetune, {@code evaluations/RUN.json}. */
@ApplicationScoped
class RunFiles {
    private static final Logger LOG = Logger.getLogger(RunFiles.class);

    @Inject
    Artifacts artifacts;

    static String bundle(String run) {
        return "bundles/" + run;
    }

    /** Where an artifact lies, for people. */
    String place(String artifact) {
        return artifacts.place(artifact);
    }

    private static String evaluation(String run) {
        return "evaluations/" + run + ".json";
    }

    /** @throws PadrecException where it is not there, or damaged */
    Bundle read(String bundle) {
        return artifacts.read(bundle, Bundle::read);
    }

    /** The bundle that an earlier attempt at the run left; empty where it left none that is whole. */
    Optional<Bundle> kept(String run) {
        if (!artifacts.exists(bundle(run))) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(bundle(run)));
        } catch (PadrecException e) {
            LOG.warnf("What an earlier attempt at run %s left is not used: %s", run, e.getMessage());
            return Optional.empty();
        }
    }

    /** @throws PadrecException where another, whole bundle of the run is there */
    void keep(String run, Bundle bundle) {
        artifacts.store(bundle(run), bundle::write);
    }

    Optional<Map<String, Object>> keptEvaluation(String run) {
        String file = evaluation(run);
        return artifacts.exists(file) ? Optional.of(artifacts.read(file, RunFiles::json)) : Optional.empty();
    }

    void keepEvaluation(String run, Map<String, Object> evaluation) {
        String json = Json.pretty(evaluation);
        artifacts.store(evaluation(run), path -> AtomicFiles.writeString(path, json));
    }

    private static Map<String, Object> json(Path file) {
        try {
            return Json.parseObject(Files.readString(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new PadrecException("cannot read the evaluation " + file + " (" + e.getMessage()
                    + "); delete it to evaluate again", e);
        }
    }
}
