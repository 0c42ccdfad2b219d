package io.padrec.store;

import io.padrec.core.PadrecException;

/** A worker wrote to a run that is no longer its own: another took it over, or it is over. Nothing was written. */
public class LeaseLostException extends PadrecException {
    private static final long serialVersionUID = 1L;

    LeaseLostException(Claim claim, RunRow row) {
        super("run '" + claim.run().id() + "' is no longer worked by " + claim.owner() + " (attempt " + claim.attempt() + "): it is "
                + row.state + " in attempt " + row.attempt + "; whoever holds it goes on");
    }
}
