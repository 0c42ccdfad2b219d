package io.padrec.store;

import io.padrec.core.AtomicFiles;
import io.padrec.core.PadrecException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Checkpoints of runs that are under way, among the artifacts, so that another machine can go on with a run. Each attempt at
 * a run has a folder of its own there: an old worker that wakes up changes nothing for the one that took over.
 */
@ApplicationScoped
public class Checkpoints {
    private static final String ROOT = "checkpoints/";
    private static final Pattern CHECKPOINT = Pattern.compile("attempt-(\\d+)/(.+)/epoch-(\\d+)/manifest\\.json");
    /** Of each part, as training keeps them: the newest, and the one before it should the newest be damaged. */
    private static final int KEPT = 2;

    @Inject
    Artifacts artifacts;

    @ConfigProperty(name = "padrec.artifacts.cache")
    Path cache;

    /**
     * A local folder that holds the newest checkpoints of this attempt and those before it, for training to go on from.
     *
     * @param attempt from 1
     * @throws PadrecException where the artifacts cannot be read, or the folder cannot be written
     */
    public CheckpointFolder open(String run, int attempt) {
        String name = ROOT + run + "/attempt-" + attempt;
        CheckpointFolder folder = new CheckpointFolder(artifacts, name, local(run).resolve("attempt-" + attempt));
        folder.empty();
        newest(run, attempt).forEach(checkpoint -> take(checkpoint, folder));
        return folder;
    }

    /** Deletes the checkpoints of all attempts at a run. */
    public void forget(String run) {
        artifacts.delete(ROOT + run);
        try {
            AtomicFiles.deleteAll(local(run));
        } catch (IOException e) {
            throw new PadrecException("cannot delete the checkpoints in " + local(run) + ": " + e, e);
        }
    }

    private Path local(String run) {
        return cache.toAbsolutePath().resolve(ROOT + run);
    }

    /** A checkpoint among the artifacts. */
    private record Checkpoint(String name, int attempt, String part, int epoch) {
    }

    /** The highest attempt goes before all others, even where one of those got further after it had been given up. */
    private List<Checkpoint> newest(String run, int attempt) {
        return artifacts.files(ROOT + run).stream().map(file -> parsed(run, file))
                .filter(checkpoint -> checkpoint != null && checkpoint.attempt <= attempt)
                .collect(Collectors.groupingBy(Checkpoint::part)).values().stream()
                .flatMap(ofPart -> newestOf(ofPart).stream()).toList();
    }

    private static List<Checkpoint> newestOf(List<Checkpoint> ofPart) {
        ofPart.sort(Comparator.comparingInt(Checkpoint::attempt).thenComparingInt(Checkpoint::epoch).reversed());
        List<Checkpoint> taken = new ArrayList<>();
        for (Checkpoint checkpoint : ofPart) {
            if (taken.size() < KEPT && (taken.isEmpty() || checkpoint.epoch < taken.getLast().epoch)) {
                taken.add(checkpoint);
            }
        }
        return taken;
    }

    private static Checkpoint parsed(String run, String file) {
        String below = file.substring((ROOT + run + "/").length());
        Matcher matcher = CHECKPOINT.matcher(below);
        return matcher.matches() ? new Checkpoint(file.substring(0, file.lastIndexOf('/')), Integer.parseInt(matcher.group(1)),
                matcher.group(2), Integer.parseInt(matcher.group(3))) : null;
    }

    private void take(Checkpoint checkpoint, CheckpointFolder folder) {
        try {
            artifacts.read(checkpoint.name, from -> folder.take(from, checkpoint.part + "/epoch-" + checkpoint.epoch));
        } catch (PadrecException e) {
            if (artifacts.exists(checkpoint.name)) {
                throw e;
            }
            // The attempt that wrote it is still awake and has a newer one by now.
        }
    }
}
