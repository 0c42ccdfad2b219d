package io.padrec.serverless;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** A process whose start migrates the tables, and which has nothing else to do. */
@Unremovable
@ApplicationScoped
public class Migration implements QuarkusApplication {
    @Override
    public int run(String... args) {
        Logger.getLogger(Migration.class).info("The tables of the database are those of this padrec.");
        return 0;
    }
}
