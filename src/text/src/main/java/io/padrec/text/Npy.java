package io.padrec.text;

import io.padrec.core.PadrecException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NumPy's file format: {@code \x93NUMPY}, version, header length (2 bytes in version 1, else 4), the header as a Python
 * dictionary, then the numbers.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the format</a>
 */
final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_HEADER = 1 << 20;
    private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([\\d,\\s]*)\\)");

    private Npy() {
    }

    static boolean is(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        }
    }

    /** Reads a matrix, row by row. */
    static float[][] read(Path file) throws IOException {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            in.skipNBytes(MAGIC.length);
            int version = in.readUnsignedByte();
            in.skipNBytes(1);
            long length = version == 1 ? Short.toUnsignedLong(Short.reverseBytes(in.readShort()))
                    : Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
            if (version < 1 || version > 3 || length > MAX_HEADER) {
                throw malformed(file, "format version " + version + ", header of " + length + " bytes");
            }
            byte[] bytes = new byte[(int) length];
            in.readFully(bytes);
            String header = new String(bytes, StandardCharsets.UTF_8).replace('\n', ' ').strip();
            String type = field(file, TYPE, header);
            if (field(file, ORDER, header).equals("True")) {
                throw new PadrecException(file + " is in Fortran order; save numpy.ascontiguousarray(vectors)");
            }
            int[] shape = shape(file, field(file, SHAPE, header));
            PrecomputedVectors.checkShape(file, shape);
            return rows(file, in, shape, type);
        } catch (EOFException e) {
            throw new PadrecException(file + " is cut short; write it again", e);
        }
    }

    private static float[][] rows(Path file, DataInputStream in, int[] shape, String type) throws IOException {
        int bytes = switch (type) {
            case "<f2" -> 2;
            case "<f4" -> 4;
            case "<f8" -> 8;
            default -> throw new PadrecException(file + " holds numbers of type '" + type
                    + "'; save vectors.astype('<f4') (little-endian float16, float32 and float64 are read)");
        };
        // Before anything is allocated for a shape that the file cannot hold; as a double, which cannot overflow.
        if ((double) shape[0] * shape[1] * bytes > Files.size(file)) {
            throw new EOFException();
        }
        float[][] rows = new float[shape[0]][shape[1]];
        ByteBuffer row = ByteBuffer.allocate(shape[1] * bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] values : rows) {
            in.readFully(row.array());
            for (int i = 0; i < values.length; i++) {
                values[i] = switch (bytes) {
                    case 2 -> Float.float16ToFloat(row.getShort(i * 2));
                    case 4 -> row.getFloat(i * 4);
                    default -> (float) row.getDouble(i * 8);
                };
            }
        }
        if (in.read() >= 0) {
            throw malformed(file, "more bytes than its shape " + Arrays.toString(shape) + " says");
        }
        return rows;
    }

    private static int[] shape(Path file, String text) {
        try {
            return Arrays.stream(text.split(",")).map(String::strip).filter(n -> !n.isEmpty()).mapToInt(Integer::parseInt)
                    .toArray();
        } catch (NumberFormatException e) {
            throw malformed(file, "shape (" + text + ")");
        }
    }

    private static String field(Path file, Pattern pattern, String header) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw malformed(file, "header " + header.substring(0, Math.min(200, header.length())));
        }
        return matcher.group(1);
    }

    private static PadrecException malformed(Path file, String what) {
        return new PadrecException(file + " is not a .npy file of one float matrix: " + what
                + "; write it again with numpy.save");
    }
}
