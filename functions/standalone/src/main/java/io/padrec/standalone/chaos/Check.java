package io.padrec.standalone.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One thing that must hold after the trial.
 *
 * @param name   what must hold
 * @param holds  whether it does
 * @param detail the figures
 */
record Check(String name, boolean holds, String detail) {
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("check", name);
        json.put("holds", holds);
        json.put("detail", detail);
        return json;
    }

    /** What was done is what was to be done: a trial that disturbed nothing shows nothing. */
    static List<Check> ofDeeds(Log log, Weather weather) {
        List<Check> checks = new ArrayList<>();
        long kills = log.count("kill");
        List<String> spared = List.of(Stage.INGEST, Stage.PRETRAIN, Stage.ALIGN, Stage.FINETUNE).stream()
                .filter(stage -> log.kills(stage, stage.title()) == 0).map(Stage::title).toList();
        checks.add(new Check("processes were killed in every stage, its own worker among them", kills == weather.kills() && spared.isEmpty(),
                kills + " kills" + (spared.isEmpty() ? "" : ", none of the worker of " + String.join(", ", spared))));
        checks.add(new Check("PostgreSQL was restarted twice", log.count("database") == 2, log.count("database") + " restarts"));
        checks.add(new Check("the sink was down", log.count("sink") == 1, weather.sinkDown().toSeconds() + " s"));
        checks.add(new Check("a paused worker lost its run to another and was woken", log.count("pause") >= 1,
                log.count("pause") + " pauses"));
        return checks;
    }

    /** Both passes came to the same, and each thing took place once. */
    static List<Check> ofFacts(Facts calm, Facts storm, Facts again, List<String> deadLetters) {
        List<Check> checks = new ArrayList<>();
        calm.rows().forEach((table, rows) -> checks.add(same("no " + table + " lost or doubled", rows, storm.rows().get(table))));
        checks.add(same("one snapshot, the same", calm.snapshots(), storm.snapshots()));
        checks.add(new Check("three runs, each succeeded once", storm.runs().size() == 3
                && storm.runs().stream().allMatch(run -> run.contains(" SUCCEEDED ")) && calm.runs().equals(storm.runs()),
                "attempts " + storm.attempts() + ", undisturbed " + calm.attempts()));
        checks.add(new Check("each run completed once, and none failed", storm.told().entrySet().stream()
                .filter(type -> type.getKey().endsWith(".completed")).filter(type -> type.getValue() == 1).count() == 3
                && storm.told().keySet().stream().noneMatch(type -> type.endsWith(".failed")), storm.told().toString()));
        checks.add(same("every event told once", calm.told(), storm.told()));
        checks.add(same("every event had its effect once", calm.taken(), storm.taken()));
        checks.add(new Check("every event left", storm.unsent() == 0, storm.unsent() + " unsent"));
        checks.add(new Check("no dead letters", deadLetters.isEmpty(), deadLetters.isEmpty() ? "none" : deadLetters.getFirst()));
        checks.add(same("one model, promoted once", calm.models(), storm.models()));
        checks.add(new Check("bundles are the same to the byte", !storm.bundles().isEmpty() && calm.bundles().equals(storm.bundles()),
                storm.bundles().size() + " files, the last " + storm.bundles().entrySet().stream().reduce((first, second) -> second)
                        .map(file -> file.getKey() + " " + file.getValue().substring(0, 12)).orElse("-")));
        checks.add(new Check("the pipeline once more changes nothing", storm.equals(again), "runs " + again.runs().size()));
        return checks;
    }

    private static Check same(String name, Object calm, Object storm) {
        return calm.equals(storm) ? new Check(name, true, calm.toString()) : new Check(name, false, storm + ", undisturbed " + calm);
    }
}
