package io.padrec.datasets;

/** Why a line, or a part of it, is left out. */
final class BadLine extends Exception {
    BadLine(String reason) {
        // No stack trace: there may be millions of them.
        super(reason, null, false, false);
    }
}
