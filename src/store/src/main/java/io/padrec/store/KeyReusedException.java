package io.padrec.store;

import io.padrec.core.PadrecException;

/** An Idempotency-Key came again with another upload. Nothing was stored. */
public class KeyReusedException extends PadrecException {
    private static final long serialVersionUID = 1L;

    KeyReusedException(String key) {
        super("the Idempotency-Key '" + key + "' belongs to another upload; give each upload a key of its own, and the same key "
                + "only to the same bytes again");
    }
}
