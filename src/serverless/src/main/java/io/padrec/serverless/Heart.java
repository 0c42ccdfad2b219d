package io.padrec.serverless;

/** Keeps a run's lease while its worker works. It beats by itself. */
public interface Heart {
    /**
     * Asks whether to go on; cheap enough for every batch.
     *
     * @throws io.padrec.store.LeaseLostException where another took the run over
     * @throws StoppedException                   where the process is to stop; the run is given back
     */
    void check();
}
