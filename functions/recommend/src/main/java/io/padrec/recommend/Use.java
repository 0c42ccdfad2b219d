package io.padrec.recommend;

/**
 * A model for the time of a request.
 *
 * @param variant what the answer says of why it is this one
 */
record Use(ServedModel model, String variant) implements AutoCloseable {
    @Override
    public void close() {
        model.release();
    }
}
