package io.padrec.serverless;

import io.padrec.core.PadrecException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** API keys, of which only SHA-256 hashes are known here. A role may have several, so that one can replace another. */
final class ApiKeys {
    private record Key(Role role, byte[] hash) {
    }

    private final List<Key> keys;

    private ApiKeys(List<Key> keys) {
        this.keys = keys;
    }

    /**
     * @param entries {@code role:hash} each, the hash in 64 hexadecimal digits
     * @throws PadrecException where an entry is of another form; the message does not repeat it, for it may hold a key
     */
    static ApiKeys of(List<String> entries) {
        List<Key> keys = new ArrayList<>();
        for (String entry : entries) {
            String[] parts = entry.strip().split(":", 2);
            Role role = Role.named(parts[0]).orElse(null);
            if (role == null || parts.length < 2 || !parts[1].matches("[0-9a-fA-F]{64}")) {
                throw new PadrecException("entry " + (keys.size() + 1) + " of padrec.auth.keys is not role:hash, with a role of "
                        + String.join(", ", Arrays.stream(Role.values()).map(Role::toString).toList())
                        + " and a hash by 'printf %s KEY | sha256sum'");
            }
            keys.add(new Key(role, HexFormat.of().parseHex(parts[1])));
        }
        return new ApiKeys(keys);
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** The roles of this key; none where it is not known. Takes as long whether or not a hash is alike. */
    Set<Role> roles(String key) {
        if (key.isEmpty()) {
            return Set.of();
        }
        byte[] hash = hash(key);
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Key known : keys) {
            if (MessageDigest.isEqual(known.hash(), hash)) {
                roles.add(known.role());
            }
        }
        return roles;
    }

    private static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
