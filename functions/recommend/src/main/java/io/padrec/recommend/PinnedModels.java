package io.padrec.recommend;

import io.padrec.core.PadrecException;
import io.padrec.serverless.Fields;
import io.padrec.serverless.Problem;
import io.padrec.store.Model;
import io.padrec.store.Models;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Models that requests ask for by their id: those that serve anyway, and a few more. Where there are too many, the one that nobody
 * asked for the longest goes.
 */
@ApplicationScoped
class PinnedModels {
    private static final Logger LOG = Logger.getLogger(PinnedModels.class);
    static final String VARIANT = "pinned";

    @ConfigProperty(name = "padrec.recommend.pinned")
    int most;

    @Inject
    Serving serving;

    @Inject
    LoadedModels loaded;

    @Inject
    FreshItems items;

    @Inject
    Instance<Models> models;

    @Inject
    Meters meters;

    private final Map<String, ServedModel> pinned = new LinkedHashMap<>(16, 0.75f, true);
    private final Object loading = new Object();

    /** The model of that id, where it is in memory. */
    Optional<Use> present(String id) {
        Optional<Use> use = serving.use(id, VARIANT);
        if (use.isEmpty()) {
            synchronized (pinned) {
                use = Optional.ofNullable(pinned.get(id)).filter(ServedModel::retain).map(model -> new Use(model, VARIANT));
            }
        }
        return use;
    }

    /**
     * The model of that id, read from the store where it is not in memory, which takes a while.
     *
     * @throws Problem 400 where there is no such model, 422 where its bundle is refused, 503 where the store cannot be asked
     */
    Use use(String id) {
        Optional<Use> present = present(id);
        meters.pinned(present.isPresent());
        return present.orElseGet(() -> load(id));
    }

    /** One at a time: two bundles that are read at once would take twice the memory. */
    private Use load(String id) {
        synchronized (loading) {
            Optional<Use> present = present(id);
            if (present.isPresent()) {
                return present.get();
            }
            Use use = new Use(read(find(id)), VARIANT);
            use.model().retain();
            synchronized (pinned) {
                pinned.put(id, use.model());
                Iterator<ServedModel> eldest = pinned.values().iterator();
                while (pinned.size() > Math.max(1, most)) {
                    loaded.drop(eldest.next());
                    eldest.remove();
                }
            }
            return use;
        }
    }

    private Model find(String id) {
        try {
            return models.get().find(id).orElseThrow(() -> Problem.wrong("model", "model " + Fields.quoted(id) + " is not known"));
        } catch (PadrecException e) {
            LOG.warnf("Model %s cannot be looked up: %s", id, e.getMessage());
            throw Problem.unavailable("model " + Fields.quoted(id) + " cannot be looked up at the moment; try again, or leave "
                    + "the model to the server");
        }
    }

    private ServedModel read(Model model) {
        try {
            ServedModel read = loaded.load(model);
            items.bringUpToDateIfPossible(read);
            return read;
        } catch (PadrecException e) {
            LOG.warnf("Model %s is asked for, but refused: %s", model.id(), e.getMessage());
            throw Problem.impossible("model " + Fields.quoted(model.id()) + " cannot be loaded; the log says why");
        }
    }
}
