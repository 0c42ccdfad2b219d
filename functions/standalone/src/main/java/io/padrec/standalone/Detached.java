package io.padrec.standalone;

import io.padrec.core.PadrecException;
import io.padrec.standalone.local.Address;
import io.padrec.standalone.local.Local;
import io.padrec.standalone.local.Up;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The same command as a process that outlives the terminal; what it says goes to a log. */
final class Detached {
    private static final long LOOK_MILLIS = 200;

    private final Up up;
    private final CommonOptions common;
    private final Local.Plan plan;
    private final Path log;

    Detached(Up up, CommonOptions common, Local.Plan plan) {
        this.up = up;
        this.common = common;
        this.plan = plan;
        this.log = up.logs().resolve("up.log");
    }

    /**
     * Starts it, and waits until all is ready.
     *
     * @throws PadrecException where it ends before that; with what it said
     */
    Address start() throws InterruptedException {
        try {
            Files.createDirectories(log.getParent());
            if (Files.exists(log)) {
                Files.move(log, log.resolveSibling("up.log.old"), StandardCopyOption.REPLACE_EXISTING);
            }
            Process process = new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
            process.getOutputStream().close();
            while (process.isAlive()) {
                Optional<Address> address = up.address();
                if (address.isPresent()) {
                    return address.get();
                }
                process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
            throw new PadrecException(lastWords());
        } catch (IOException e) {
            throw new PadrecException("cannot start padrec up in the background: " + e, e);
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(Local.lasting());
        command.addAll(Project.again());
        command.addAll(List.of("up", "--home", common.home.toString(), "--port-base", Integer.toString(plan.portBase()), "--manifests",
                plan.manifests().toString()));
        return command;
    }

    private String lastWords() throws IOException {
        return Files.readAllLines(log).stream().filter(line -> line.startsWith("padrec: ")).reduce((first, second) -> second)
                .map(line -> line.substring("padrec: ".length())).orElse("padrec up ended in the background; its log is " + log);
    }
}
