package io.padrec.recommend;

import io.padrec.core.PadrecException;
import io.padrec.ranking.Precision;
import io.padrec.ranking.Ranker;
import io.padrec.ranking.RankerOptions;
import io.padrec.store.Artifacts;
import io.padrec.store.Model;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Every model in memory, whatever it is there for. */
@ApplicationScoped
class LoadedModels {
    @ConfigProperty(name = "padrec.recommend.precision")
    Precision precision;

    @ConfigProperty(name = "padrec.recommend.exact-up-to")
    int exactUpTo;

    @ConfigProperty(name = "padrec.recommend.index-recall")
    double recall;

    @Inject
    Artifacts artifacts;

    @Inject
    Meters meters;

    private final List<ServedModel> models = new CopyOnWriteArrayList<>();

    /** @throws PadrecException where its bundle is missing, damaged, or cannot be served */
    ServedModel load(Model model) {
        return keep(new ServedModel(model.id(), model.dataset(), artifacts.read(model.bundle(), this::read)));
    }

    /**
     * The bundle of a folder, called by the folder's name.
     *
     * @throws PadrecException as {@link #load(Model)}
     */
    ServedModel load(Path folder) {
        Ranker ranker = read(folder);
        try {
            return keep(new ServedModel(folder.toRealPath().getFileName().toString(),
                    String.valueOf(ranker.manifest().get("dataset")), ranker));
        } catch (IOException e) {
            throw new PadrecException("cannot read bundle " + folder + ": " + e, e);
        }
    }

    private Ranker read(Path folder) {
        return Ranker.load(folder, RankerOptions.DEFAULT.with(precision).withExactUpTo(exactUpTo).withRecall(recall));
    }

    private ServedModel keep(ServedModel model) {
        models.add(model);
        meters.watch(model.id(), () -> find(model.id()));
        return model;
    }

    private Optional<ServedModel> find(String id) {
        return models.stream().filter(model -> model.id().equals(id)).reduce((before, newest) -> newest);
    }

    /** Frees it when its last request is over. */
    void drop(ServedModel model) {
        if (models.remove(model)) {
            if (find(model.id()).isEmpty()) {
                meters.unwatch(model.id());
            }
            model.release();
        }
    }

    List<ServedModel> all() {
        return List.copyOf(models);
    }
}
