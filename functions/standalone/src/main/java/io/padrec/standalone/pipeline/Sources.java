package io.padrec.standalone.pipeline;

import io.padrec.core.PadrecException;
import io.padrec.datasets.PrimePantry;
import io.padrec.datasets.Sample;
import io.padrec.datasets.SourceDataset;
import io.padrec.standalone.terminal.Output;
import io.padrec.standalone.terminal.Output.Advance;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The datasets that can be imported, by name. */
public final class Sources {
    public static final List<String> NAMES = List.of("sample", "prime-pantry");

    /** The sample is one dataset, whatever seed a model is trained with: figures of two seeds stay comparable. */
    private static final long SAMPLE_SEED = 1;

    private Sources() {
    }

    /**
     * Makes, reads or downloads a dataset.
     *
     * @param from      folder of its files; none = downloaded into {@code downloads}, or made
     * @param output    told how a download goes on
     * @throws PadrecException where there is no such dataset, or its files are missing or not what they should be
     */
    public static SourceDataset read(String name, Optional<Path> from, Path downloads, Output output) {
        return switch (name) {
            case "sample" -> {
                if (from.isPresent()) {
                    throw new PadrecException("the sample is made, not read: leave --from out, or give --dataset");
                }
                yield Sample.generate(SAMPLE_SEED);
            }
            case "prime-pantry" -> PrimePantry.read(from.orElseGet(() -> download(downloads.resolve(name), output)));
            default -> throw new PadrecException("no dataset '" + name + "'; use " + String.join(" or ", NAMES));
        };
    }

    private static Path download(Path folder, Output output) {
        PrimePantry.download(folder, (file, received, size) -> output.advance(ImportStep.NAME,
                new Advance(file, size > 0 ? (double) received / size : 0, received / 1024 + " KiB")));
        return folder;
    }
}
