package io.padrec.core;

import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/**
 * Zero-terminated texts one after another, as they stand in a tensor. A text becomes a String when it is asked for: a million
 * titles take their bytes and four more each, not an object each.
 */
final class Texts extends AbstractList<String> implements RandomAccess {
    private final byte[] bytes;
    /** Where each text ends; it begins after the end of the one before. */
    private final int[] ends;

    /** @param bytes what follows the last zero is no text */
    Texts(byte[] bytes) {
        this.bytes = bytes;
        int count = 0;
        int[] found = new int[Math.max(16, bytes.length / 16)];
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                found = count < found.length ? found : Arrays.copyOf(found, 2 * count);
                found[count++] = i;
            }
        }
        this.ends = Arrays.copyOf(found, count);
    }

    @Override
    public String get(int index) {
        int from = index == 0 ? 0 : ends[index - 1] + 1;
        return new String(bytes, from, ends[index] - from, StandardCharsets.UTF_8);
    }

    @Override
    public int size() {
        return ends.length;
    }
}
