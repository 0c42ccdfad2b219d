package io.padrec.standalone;

import io.padrec.core.PadrecException;
import io.padrec.standalone.pipeline.InProcess;
import io.padrec.store.Run;
import io.padrec.training.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Does one run for another padrec, which holds the home folder and reads what this one says. */
@Command(name = "train", hidden = true, sortOptions = false, description = "Does one run of training, for reproduce --jobs.")
final class TrainCommand implements Callable<Integer> {
    @ParentCommand
    Padrec padrec;

    @Parameters(paramLabel = "RUN", description = "The run's id.")
    String id;

    @Option(names = "--threads", paramLabel = "N", required = true)
    int threads;

    @Option(names = "--device", paramLabel = "DEVICE", required = true)
    String device;

    @Mixin
    CommonOptions common;

    /** Program and arguments; the run's id is to follow. */
    static List<String> line(Path home, Settings settings) {
        List<String> line = Project.again();
        line.addAll(List.of("train", "--json", "--home", home.toString(), "--threads", Integer.toString(settings.threads()), "--device",
                settings.device()));
        return line;
    }

    @Override
    public Integer call() {
        Thread.ofPlatform().name("padrec-other-end").daemon().start(TrainCommand::endWithTheOther);
        return new Program(common, padrec.out()).beside().run(workplace -> {
            Run run = workplace.store().runs().find(id).orElseThrow(() -> new PadrecException("there is no run '" + id + "'"));
            new InProcess(workplace, new Settings(device, threads)).train(run, step -> workplace.tell(run, step));
            return 0;
        });
    }

    /** Standard input is a pipe from the other process: it ends when that does, even by kill -9. */
    private static void endWithTheOther() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said on it.
            }
        } catch (IOException e) {
            // As good as its end.
        }
        Runtime.getRuntime().halt(1);
    }
}
