package io.padrec.ranking;

import io.padrec.core.Catalogue;
import java.util.List;
import java.util.Map;

/**
 * What a ranker needs of a bundle.
 *
 * @param experts  their names
 * @param encoders one an expert
 * @param table    item vectors, [N + 1, ΣD]; row 0 is padding
 * @param frequencies how often each item occurs in the training data, [N + 1]; null where the bundle does not say
 * @param gate     the gate's weights [bins, K]; the last bin is the coldest
 * @param historyGate null where the bundle has none
 */
record Model(Map<String, Object> manifest, Catalogue catalogue, List<String> experts, List<Encoder> encoders, Table table,
        float[] gate, HistoryGate historyGate, int[] frequencies, NewItems newItems) {
    int coldestBin() {
        return gate.length / experts.size() - 1;
    }

    /** The memory that one request works in. */
    Scratch.Size size() {
        Scratch.Size size = new Scratch.Size(0, 0, 0, 0, table.layout().stride());
        for (Encoder encoder : encoders) {
            size = size.and(encoder.size());
        }
        return size;
    }
}
