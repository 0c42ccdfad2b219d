package io.padrec.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * A model on disk: a folder with {@code model.safetensors} and {@code manifest.json}. The manifest says what the tensors
 * are (snapshot's hash, configuration, seed, metrics, versions) and holds two hashes of the tensors: SHA-256, by which others know
 * them, and CRC-32C, which reading checks: a bundle is read whole and as it was written, or refused. (Before the JIT is warm SHA-256
 * takes fifty times as long, a tenth of a server's start.) Nothing in it depends on when or where it was written.
 *
 * @param manifest JSON values as {@link Json} has them, without the fields {@code format} and {@code tensors}, which
 *                 writing adds
 * @param tensors  named tensors
 */
public record Bundle(Map<String, Object> manifest, Map<String, Tensor> tensors) {
    private static final String FORMAT = "padrec-bundle/2";
    private static final String MANIFEST = "manifest.json";
    private static final String TENSORS = "model.safetensors";
    /** The hash that reading checks. */
    private static final String CHECKED = "crc32c";

    /**
     * Writes the bundle as the folder {@code target}. The same bundle already there is kept, a damaged one is replaced.
     *
     * @throws PadrecException where another, whole bundle is there, or the place cannot be written
     */
    public void write(Path target) {
        String[] text = new String[1];
        AtomicFiles.write(target, temporary -> {
            Files.createDirectories(temporary);
            Path file = temporary.resolve(TENSORS);
            Safetensors.write(file, tensors);
            Map<String, Object> full = new LinkedHashMap<>();
            full.put("format", FORMAT);
            full.putAll(manifest);
            full.put("tensors", hashes(file));
            text[0] = Json.pretty(full);
            Files.writeString(temporary.resolve(MANIFEST), text[0]);
            if (Files.exists(target) && !isWhole(target)) {
                AtomicFiles.deleteAll(target);
            }
        });
        try {
            if (!Files.readString(target.resolve(MANIFEST)).equals(text[0])) {
                throw new PadrecException("another bundle is already in " + target + "; remove it or choose another place");
            }
        } catch (IOException e) {
            throw new PadrecException("cannot read back the bundle " + target + ": " + e, e);
        }
    }

    private static boolean isWhole(Path folder) {
        try {
            read(folder);
            return true;
        } catch (PadrecException e) {
            return false;
        }
    }

    /** @throws PadrecException where the bundle is missing, half-written, altered, or of another format */
    public static Bundle read(Path folder) {
        return read(folder, manifest -> (name, shape) -> Intake.WHOLE);
    }

    /**
     * Reads of the bundle what is needed, in one pass that checks the hash of every byte as well. What goes to an intake of the
     * caller's is to be trusted only once this method has returned.
     *
     * @param plan where each tensor goes, by the manifest
     * @return the manifest, and the tensors that the plan keeps whole
     * @throws PadrecException as {@link #read(Path)}, and what the plan throws, where the bundle is not damaged
     */
    public static Bundle read(Path folder, Function<Map<String, Object>, Intake.Plan> plan) {
        Path file = folder.resolve(TENSORS);
        Map<String, Object> manifest = readManifest(folder);
        Object expected = manifest.remove("tensors") instanceof Map<?, ?> tensors ? tensors.get(CHECKED) : null;
        manifest.remove("format");
        try {
            Map<String, Tensor> tensors;
            CRC32C checksum = new CRC32C();
            try {
                tensors = TensorStream.read(file, plan.apply(manifest), checksum::update);
            } catch (PadrecException e) {
                // Whatever is wrong with a damaged file, that it is damaged is what to know.
                throw hashes(file).get(CHECKED).equals(expected) ? e : damaged(folder);
            }
            if (!hex(checksum).equals(expected)) {
                throw damaged(folder);
            }
            return new Bundle(manifest, tensors);
        } catch (IOException e) {
            throw new PadrecException("cannot read bundle " + folder + ": " + e, e);
        }
    }

    private static Map<String, String> hashes(Path file) throws IOException {
        MessageDigest digest = AtomicFiles.sha256();
        CRC32C checksum = new CRC32C();
        try (InputStream in = new DigestInputStream(new CheckedInputStream(Files.newInputStream(file), checksum), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return new TreeMap<>(Map.of("sha256", HexFormat.of().formatHex(digest.digest()), CHECKED, hex(checksum)));
    }

    private static String hex(CRC32C checksum) {
        return HexFormat.of().toHexDigits(checksum.getValue(), 8);
    }

    private static PadrecException damaged(Path folder) {
        return new PadrecException("bundle " + folder + " is damaged: the hash of " + TENSORS
                + " is not the manifest's; train it again or restore it from a copy");
    }

    /** The manifest alone, with its fields {@code format} and {@code tensors}; the tensors are not checked. */
    public static Map<String, Object> readManifest(Path folder) {
        Path file = folder.resolve(MANIFEST);
        try {
            Map<String, Object> manifest = Json.parseObject(Files.readString(file));
            if (!FORMAT.equals(manifest.get("format"))) {
                throw new PadrecException("bundle " + folder + " has format " + manifest.get("format") + ", not " + FORMAT
                        + "; use the padrec version that wrote it");
            }
            return manifest;
        } catch (IOException | IllegalArgumentException e) {
            throw new PadrecException("cannot read the bundle's manifest " + file + ": " + e
                    + "; train the model again or restore it from a copy", e);
        }
    }

    public Tensor.Floats floats(String name) {
        if (tensors.get(name) instanceof Tensor.Floats floats) {
            return floats;
        }
        throw new PadrecException("the bundle holds no float tensor '" + name + "'");
    }
}
