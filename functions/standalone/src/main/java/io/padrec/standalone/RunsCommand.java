package io.padrec.standalone;

import io.padrec.standalone.terminal.Format;
import io.padrec.standalone.terminal.Table;
import io.padrec.store.Run;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Lists the phases that were run. */
@Command(name = "runs", sortOptions = false, description = "List the runs of training phases.")
final class RunsCommand implements Callable<Integer> {
    private static final int ERROR_COLUMNS = 60;

    @ParentCommand
    Padrec padrec;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        return new Program(common, padrec.out()).beside().run(workplace -> {
            List<Run> runs = workplace.store().runs().list();
            Table table = new Table("run", "recipe", "backbone", "seed", "state", "epoch", "begun", "error");
            for (Run run : runs) {
                table.row(run.id(), Objects.toString(run.config().get("name"), "-"),
                        Objects.toString(run.config().get("backbone"), "-"), Long.toString(run.seed()),
                        run.state().name().toLowerCase(java.util.Locale.ROOT), epoch(run), run.createdAt().toString(),
                        run.error() == null ? "" : Format.fit(run.error(), ERROR_COLUMNS));
            }
            workplace.output().result(Map.of("runs", runs.stream().map(RunsCommand::json).toList()),
                    runs.isEmpty() ? "no runs yet" : table.toString());
            return 0;
        });
    }

    private static String epoch(Run run) {
        Map<String, Object> progress = run.progress();
        return progress.containsKey("epoch") ? progress.get("part") + " " + progress.get("epoch") + "/" + progress.get("epochs")
                : "-";
    }

    private static Map<String, Object> json(Run run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", run.id());
        json.put("phase", run.phase());
        json.put("snapshot", run.snapshot());
        json.put("config", run.config());
        json.put("seed", run.seed());
        json.put("parent", run.parent());
        json.put("state", run.state().name());
        json.put("progress", run.progress());
        json.put("metrics", run.metrics());
        json.put("bundle", run.bundle());
        json.put("error", run.error());
        json.put("createdAt", run.createdAt().toString());
        json.put("startedAt", text(run.startedAt()));
        json.put("finishedAt", text(run.finishedAt()));
        return json;
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
