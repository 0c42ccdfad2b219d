package io.padrec.phases;

import io.padrec.core.PadrecException;
import io.padrec.store.EventTypes;
import io.padrec.store.Run;
import java.util.Arrays;
import java.util.Locale;

/** The phases of training, each of which starts from the one before. */
public enum Phase {
    PRETRAIN(EventTypes.PRETRAIN_REQUESTED, EventTypes.PRETRAIN_COMPLETED, EventTypes.PRETRAIN_FAILED),
    ALIGN(EventTypes.ALIGN_REQUESTED, EventTypes.ALIGN_COMPLETED, EventTypes.ALIGN_FAILED),
    FINETUNE(EventTypes.FINETUNE_REQUESTED, EventTypes.FINETUNE_COMPLETED, EventTypes.FINETUNE_FAILED);

    private final String requested;
    private final String completed;
    private final String failed;

    Phase(String requested, String completed, String failed) {
        this.requested = requested;
        this.completed = completed;
        this.failed = failed;
    }

    /** @throws PadrecException where there is no such phase */
    public static Phase named(String name) {
        return Arrays.stream(values()).filter(phase -> phase.toString().equals(name)).findFirst()
                .orElseThrow(() -> new PadrecException("there is no phase '" + name + "'; the phases are pretrain, align and "
                        + "finetune"));
    }

    static Phase of(Run run) {
        return named(run.phase());
    }

    /** The phase that it starts from; itself for the first. */
    Phase before() {
        return values()[Math.max(0, ordinal() - 1)];
    }

    /** Type of the event that asks for a run. */
    String requested() {
        return requested;
    }

    /** Type of the event that tells of a run that succeeded. */
    String completed() {
        return completed;
    }

    /** Type of the event that tells of a run that is parked. */
    String failed() {
        return failed;
    }

    /** As runs and events name it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
