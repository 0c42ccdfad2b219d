package io.padrec.ingest;

/** Why a row cannot be stored. */
final class BadRow extends Exception {
    BadRow(String reason) {
        // No stack trace: there may be a hundred thousand of them.
        super(reason, null, false, false);
    }
}
