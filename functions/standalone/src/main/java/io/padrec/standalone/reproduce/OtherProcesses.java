package io.padrec.standalone.reproduce;

import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import io.padrec.standalone.pipeline.Trainer;
import io.padrec.store.Run;
import io.padrec.store.Runs;
import io.padrec.training.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Does each run of training in a process of its own, as many at a time as there are callers: PyTorch trains one model at a time in a
 * process, and does not gain much from more threads where models are small. A process ends with this one, however this one ends.
 */
public final class OtherProcesses implements Trainer, AutoCloseable {
    private static final String PREFIX = "padrec: ";
    private static final int FAILED = 1;

    private final Runs runs;
    private final List<String> command;
    private final Set<Process> working = ConcurrentHashMap.newKeySet();
    private boolean closed;

    /**
     * @param command program and arguments that the run's id follows: it says on standard output, as JSON lines, what it learns, on
     *                standard error what it fails for, and ends where its standard input ends
     */
    public OtherProcesses(Runs runs, List<String> command) {
        this.runs = runs;
        this.command = command;
    }

    @Override
    public Run train(Run run, Progress progress) {
        try {
            Path errors = Files.createTempFile("padrec", ".log");
            try {
                Process process = start(run, errors);
                try (BufferedReader lines = process.inputReader()) {
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        tell(line, progress);
                    }
                }
                int code = process.waitFor();
                working.remove(process);
                if (code != 0) {
                    throw new PadrecException(failure(run, code, Files.readAllLines(errors)));
                }
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new PadrecException("cannot train run " + run.id() + " in a process of its own: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PadrecException("run " + run.id() + " was stopped", e);
        }
        return runs.find(run.id()).orElseThrow();
    }

    private synchronized Process start(Run run, Path errors) throws IOException {
        if (closed) {
            throw new PadrecException("run " + run.id() + " was not begun, for another has failed");
        }
        List<String> line = new ArrayList<>(command);
        line.add(run.id());
        Process process = new ProcessBuilder(line).redirectError(errors.toFile()).start();
        working.add(process);
        return process;
    }

    private static void tell(String line, Progress progress) {
        Map<String, Object> said = Json.parseObject(line);
        if (said.containsKey("epoch")) {
            progress.step(new Progress.Step((String) said.get("part"), (int) number(said, "epoch"), (int) number(said, "epochs"),
                    number(said, "loss"), number(said, "validation.hr@10"), number(said, "validation.ndcg@10"),
                    number(said, "secondsLeft")));
        }
    }

    /** JSON knows no number that is none. */
    private static double number(Map<String, Object> said, String name) {
        return said.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static String failure(Run run, int code, List<String> errors) {
        String last = errors.isEmpty() ? "" : errors.getLast();
        return code == FAILED && last.startsWith(PREFIX) ? last.substring(PREFIX.length())
                : "the process that trained run " + run.id() + " ended with exit code " + code + ": " + String.join(" ", errors);
    }

    /** Stops those that are still at it. */
    @Override
    public synchronized void close() {
        closed = true;
        working.forEach(Process::destroy);
    }
}
