package io.padrec.standalone.pipeline;

import io.padrec.core.PadrecException;
import io.padrec.datasets.PrimePantry;
import io.padrec.datasets.Sample;
import io.padrec.datasets.SourceDataset;
import io.padrec.datasets.SourceFiles;
import io.padrec.standalone.terminal.Output;
import io.padrec.standalone.terminal.Output.Advance;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a dataset comes from.
 *
 * @param dataset what it is called
 * @param from    folder or file that it is read from; none = it is downloaded or made, or is in the store already
 * @param files   how that is read, where the name alone does not say it
 */
public record Source(String dataset, Optional<Path> from, Optional<SourceFiles> files) {
    /** The datasets that need no files. */
    public static final List<String> NAMES = List.of("sample", "prime-pantry");

    /** The sample is one dataset, whatever seed a model is trained with: figures of two seeds stay comparable. */
    private static final long SAMPLE_SEED = 1;

    /**
     * Makes, reads or downloads the dataset.
     *
     * @param downloads folder for what is downloaded
     * @param output    told how a download goes on
     * @throws PadrecException where there is no such dataset, or its files are missing or not what they should be
     */
    public SourceDataset read(Path downloads, Output output) {
        if (files.isPresent()) {
            return files.get().read(dataset);
        }
        return switch (dataset) {
            case "sample" -> {
                if (from.isPresent()) {
                    throw new PadrecException("the sample is made, not read: leave --from out, or give --dataset");
                }
                yield Sample.generate(SAMPLE_SEED);
            }
            case "prime-pantry" -> PrimePantry.read(from.orElseGet(() -> download(downloads.resolve(dataset), output)));
            default -> throw new PadrecException("no dataset '" + dataset + "' in the store; use " + String.join(" or ", NAMES)
                    + ", or import yours first: padrec import --dataset " + dataset + " --format FORMAT --from PATH");
        };
    }

    private static Path download(Path folder, Output output) {
        PrimePantry.download(folder, (file, received, size) -> output.advance(ImportStep.NAME,
                new Advance(file, size > 0 ? (double) received / size : 0, received / 1024 + " KiB")));
        return folder;
    }
}
