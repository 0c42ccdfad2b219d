package io.padrec.core;

/**
 * Something the user can mend: bad input, a missing file, a full disk. The message is one line that says what is wrong,
 * where, and what to do; command lines print it as it is, without a stack trace.
 */
public class PadrecException extends RuntimeException {
    public PadrecException(String message) {
        super(message);
    }

    public PadrecException(String message, Throwable cause) {
        super(message, cause);
    }
}
