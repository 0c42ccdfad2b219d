package io.padrec.serverless;

/** Work ends here because its process is to stop. */
public final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
        super("the process stops");
    }
}
