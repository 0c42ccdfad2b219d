package io.padrec.standalone.chaos;

import io.padrec.standalone.local.Local;
import java.util.Optional;
import java.util.stream.Stream;

/** Which process works on the stage at hand. */
final class Workers {
    /** A second process of this stage's function is there for its whole time. */
    static final Stage DOUBLED = Stage.ALIGN;
    static final String SECOND = DOUBLED.title() + "-2";

    private final Local local;

    Workers(Local local) {
        this.local = local;
    }

    /** The one in the midst of its work; empty where there is none, or the database does not say. */
    Optional<ProcessHandle> atWork(Stage stage) {
        if (stage == Stage.INGEST) {
            return local.ready(stage.title());
        }
        return local.ask(stage::owner).flatMap(owner -> holder(stage, owner));
    }

    /** The process of the stage's function that an owner's name means; empty where that is gone. */
    Optional<ProcessHandle> holder(Stage stage, String owner) {
        return Stream.concat(Stream.of(stage.title()), stage == DOUBLED ? Stream.of(SECOND) : Stream.of())
                .flatMap(name -> local.process(name).stream())
                .filter(process -> owner.matches(".*\\b" + process.pid() + "\\b.*")).findFirst();
    }
}
