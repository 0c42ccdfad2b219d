package io.padrec.standalone.local;

import io.padrec.core.AtomicFiles;
import io.padrec.core.PadrecException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The API keys of a home folder: one a role, random, readable for their owner alone. The functions get their hashes. */
final class Keys {
    static final List<String> ROLES = List.of("events", "ingest", "train", "recommend", "admin");
    private static final int BYTES = 32;

    private final Map<String, String> keyOfRole;

    private Keys(Map<String, String> keyOfRole) {
        this.keyOfRole = keyOfRole;
    }

    /**
     * Reads the keys, and makes those that are missing.
     *
     * @throws PadrecException where the folder cannot be read or written
     */
    static Keys in(Path folder) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (String role : ROLES) {
            Path file = folder.resolve(role);
            try {
                if (!Files.exists(file)) {
                    AtomicFiles.write(file, Keys::writeNew);
                }
                keys.put(role, Files.readString(file).strip());
            } catch (IOException e) {
                throw new PadrecException("cannot read the key " + file + ": " + e + "; make it readable, or remove it to get "
                        + "a new one", e);
            }
        }
        return new Keys(keys);
    }

    private static void writeNew(Path file) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, HexFormat.of().formatHex(random));
    }

    String of(String role) {
        return keyOfRole.get(role);
    }

    /** {@code role:hash,...} as {@code padrec.auth.keys} has it. */
    String hashes() {
        return keyOfRole.entrySet().stream()
                .map(key -> key.getKey() + ":" + AtomicFiles.sha256(key.getValue().getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining(","));
    }
}
