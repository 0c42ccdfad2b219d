package io.padrec.datasets;

/** Told how a download goes on. */
@FunctionalInterface
public interface DownloadProgress {
    /**
     * @param file     the file's name
     * @param received bytes so far
     * @param total    bytes in all
     */
    void received(String file, long received, long total);
}
