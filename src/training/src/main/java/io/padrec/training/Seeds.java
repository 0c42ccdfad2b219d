package io.padrec.training;

/** Derives independent seeds, so that every random choice is a function of the run's seed and of where it is made. */
final class Seeds {
    private Seeds() {
    }

    /** SplitMix64's finaliser over the folded parts. */
    static long mix(long... parts) {
        long hash = 0x9E3779B97F4A7C15L;
        for (long part : parts) {
            hash ^= part + 0x9E3779B97F4A7C15L + (hash << 6) + (hash >>> 2);
            hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
            hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
            hash ^= hash >>> 31;
        }
        return hash;
    }
}
