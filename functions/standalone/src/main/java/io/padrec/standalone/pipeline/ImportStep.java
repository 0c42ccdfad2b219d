package io.padrec.standalone.pipeline;

import io.padrec.core.PadrecException;
import io.padrec.datasets.ImportProblems;
import io.padrec.datasets.ImportProblems.Problem;
import io.padrec.datasets.SourceDataset;
import io.padrec.standalone.terminal.Output;
import io.padrec.store.Dataset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Brings a dataset into the store. */
public final class ImportStep {
    static final String NAME = "import";
    private static final double MOST_BAD_LINES = 0.01;
    private static final int SHOWN_PROBLEMS = 5;

    private final Workplace workplace;

    public ImportStep(Workplace workplace) {
        this.workplace = workplace;
    }

    /**
     * Imports the dataset, unless it is there already and nobody names files to read again.
     *
     * @throws PadrecException where it cannot be read; or where more than 1 % of its lines are bad, after the good ones
     *                         were stored
     */
    public Dataset run(Source source) {
        String name = source.dataset();
        Output output = workplace.output();
        Seconds seconds = workplace.seconds();
        Optional<Dataset> known = workplace.store().datasets().find(name);
        if (known.isPresent() && source.from().isEmpty()) {
            output.skipped(NAME, seconds.of(key(known.get())), describe(known.get()));
            return known.get();
        }
        output.begin(NAME);
        long began = System.nanoTime();
        SourceDataset read = source.read(workplace.downloads(), output);
        Dataset dataset = workplace.store().datasets().save(name, read.origin(), read.items(), read.histories());
        boolean unchanged = known.isPresent() && known.get().contentHash().equals(dataset.contentHash());
        if (unchanged && seconds.of(key(dataset)) > 0) {
            output.skipped(NAME, seconds.of(key(dataset)), "unchanged, " + describe(dataset));
        } else {
            seconds.set(key(dataset), (System.nanoTime() - began) / 1e9);
            output.done(NAME, seconds.of(key(dataset)), describe(dataset));
        }
        tell(read.problems());
        return dataset;
    }

    /** Under which name the time of a dataset's import is kept. */
    static String key(Dataset dataset) {
        return NAME + " " + dataset.name() + " " + dataset.contentHash();
    }

    private static String describe(Dataset dataset) {
        return String.format(Locale.ROOT, "%,d users, %,d items, %,d interactions (%s)", dataset.users(), dataset.items(),
                dataset.interactions(), dataset.origin());
    }

    private void tell(ImportProblems problems) {
        show("taken as it is", problems.notes(), problems.noted());
        show("left out", problems.problems(), problems.bad());
        if (problems.share() > MOST_BAD_LINES) {
            throw new PadrecException(String.format(Locale.ROOT, "%,d of %,d lines are bad (%.1f %%, at most 1 %% may be); the "
                    + "good ones are stored: mend the files and import again, or leave --from out to go on with what is "
                    + "stored", problems.bad(), problems.lines(), 100 * problems.share()));
        }
    }

    private void show(String what, List<Problem> problems, int all) {
        problems.stream().limit(SHOWN_PROBLEMS).forEach(problem -> workplace.output().note(what + ": " + problem));
        if (all > SHOWN_PROBLEMS) {
            workplace.output().note(what + ": " + (all - SHOWN_PROBLEMS) + " more");
        }
    }
}
