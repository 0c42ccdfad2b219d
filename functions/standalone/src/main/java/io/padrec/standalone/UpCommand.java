package io.padrec.standalone;

import io.padrec.standalone.local.Address;
import io.padrec.standalone.local.Copies;
import io.padrec.standalone.local.Local;
import io.padrec.standalone.local.Up;
import io.padrec.standalone.terminal.Output;
import io.padrec.standalone.terminal.Outputs;
import io.padrec.standalone.terminal.Table;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Starts the five functions as processes of their own. */
@Command(name = "up", sortOptions = false,
        description = "Start the five functions, each as a process of its own, with one PostgreSQL, and a router that brings events "
                + "to them as the Knative Triggers say. Until Ctrl-C, or padrec down.")
final class UpCommand implements Callable<Integer> {
    @ParentCommand
    Padrec padrec;

    @Mixin
    PortBaseOption ports;

    @Option(names = "--manifests", paramLabel = "DIR",
            description = "Folder of the manifests whose Triggers are followed (default: the project's infra/base).")
    Path manifests;

    @Option(names = "--detach", description = "Return once all of it is ready; padrec down stops it.")
    boolean detach;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws InterruptedException {
        Output output = Outputs.of(padrec.out(), common.json, Integer.getInteger("padrec.columns", 0));
        Local.Plan plan = new Local.Plan(Project.root(), manifests == null ? Project.root().resolve("infra/base") : manifests,
                ports.base(), Map.of(), Copies.ONE);
        Up up = new Up(common.home);
        Optional<ProcessHandle> running = up.process();
        if (running.isPresent()) {
            already(output, up, running.get());
        } else if (detach) {
            announce(output, up, new Detached(up, common, plan).start());
        } else {
            stayUp(output, up, plan);
        }
        return 0;
    }

    private void already(Output output, Up up, ProcessHandle running) {
        output.note("padrec is up already (process " + running.pid() + ")");
        up.address().ifPresentOrElse(address -> announce(output, up, address), () -> output.note("it is not ready yet"));
    }

    private void stayUp(Output output, Up up, Local.Plan plan) throws InterruptedException {
        Interruption interruption = Interruption.watch(output, System.err, "stopping; what is done is kept, and padrec up goes on "
                + "from there");
        try (Home home = Home.open(common.home, false)) {
            up.claim(Project.program().toString());
            try (Local local = Local.start(home.folder(), plan, output)) {
                announce(output, up, local.address());
                new CountDownLatch(1).await();
            } finally {
                Interruption.letItFinish();
                up.release();
            }
        } finally {
            interruption.unwatch();
        }
    }

    private void announce(Output output, Up up, Address address) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("step", "up");
        json.put("state", "running");
        json.putAll(address.json());
        json.put("keys", up.keys().toString());
        json.put("logs", up.logs().toString());
        Table table = new Table("up", "at");
        address.json().forEach((name, url) -> table.row(name, url.toString()));
        output.result(json, table + "\nkeys in " + up.keys() + ", logs in " + up.logs()
                + "\nnext: padrec pipeline" + home() + "; padrec down" + home() + " stops all of it");
    }

    /** What the next command needs to find the same home. */
    private String home() {
        return common.home.equals(Path.of(".padrec")) ? "" : " --home " + common.home;
    }
}
