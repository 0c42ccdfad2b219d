package io.padrec.phases;

import io.padrec.training.Recipe;
import io.padrec.training.Recipe.BackboneKind;
import io.padrec.training.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How a function trains where nobody says otherwise. */
@ApplicationScoped
class TrainingDefaults {
    @ConfigProperty(name = "padrec.training.device")
    String device;

    @ConfigProperty(name = "padrec.training.threads")
    int threads;

    @ConfigProperty(name = "padrec.training.recipe")
    String recipe;

    @ConfigProperty(name = "padrec.training.backbone")
    String backbone;

    @ConfigProperty(name = "padrec.training.epochs")
    Optional<Integer> epochs;

    @ConfigProperty(name = "padrec.training.seed")
    long seed;

    Settings settings() {
        return new Settings(device, threads);
    }

    /**
     * @param name    the recipe's name; empty = the default one
     * @param encoder the backbone's name; empty = the default one
     * @param atMost  epochs a phase at most; empty = as many as the default has
     */
    Recipe recipe(Optional<String> name, Optional<String> encoder, Optional<Integer> atMost) {
        Recipe named = Recipe.named(name.orElse(recipe)).withBackbone(BackboneKind.named(encoder.orElse(backbone)));
        return atMost.or(() -> epochs).map(named::withEpochs).orElse(named);
    }

    long seed(Optional<Long> given) {
        return given.orElse(seed);
    }
}
