package io.padrec.standalone.chaos;

import io.padrec.standalone.terminal.Format;
import io.padrec.standalone.terminal.Table;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the trial did, and what held. */
public final class Outcome {
    private static final int DETAIL_COLUMNS = 110;

    private final Weather weather;
    private final Log log;
    private final double calmSeconds;
    private final double stormSeconds;
    private final List<Check> checks;

    Outcome(Weather weather, Log log, double calmSeconds, double stormSeconds, List<Check> ofDeeds, List<Check> ofFacts) {
        this.weather = weather;
        this.log = log;
        this.calmSeconds = calmSeconds;
        this.stormSeconds = stormSeconds;
        this.checks = Stream.concat(ofDeeds.stream(), ofFacts.stream()).toList();
    }

    /** Whether all of it held. */
    public boolean holds() {
        return checks.stream().allMatch(Check::holds);
    }

    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("holds", holds());
        json.put("seed", weather.seed());
        json.put("kills", weather.kills());
        json.put("epochs", weather.epochs());
        json.put("seconds.undisturbed", Math.round(calmSeconds));
        json.put("seconds.disturbed", Math.round(stormSeconds));
        json.put("deeds", log.deeds().stream().map(Log.Deed::json).toList());
        json.put("checks", checks.stream().map(Check::json).toList());
        return json;
    }

    /** Both tables, for people. */
    public String text() {
        String[] headings = Stream.concat(Stream.of("kills in stage"), Arrays.stream(Stage.values()).map(Stage::title)).toArray(String[]::new);
        Table kills = new Table(headings);
        for (Stage stage : Stage.values()) {
            kills.row(Stream.concat(Stream.of(stage.title()), Arrays.stream(Stage.values())
                    .map(victim -> Long.toString(log.kills(stage, victim.title())))).toArray(String[]::new));
        }
        StringBuilder text = new StringBuilder(kills.toString()).append("\n\n");
        for (Check check : checks) {
            text.append(check.holds() ? "ok    " : "FAILS ").append(check.name()).append(": ")
                    .append(check.holds() ? Format.fit(check.detail(), DETAIL_COLUMNS) : check.detail()).append('\n');
        }
        return text.append("\nundisturbed ").append(Format.duration(calmSeconds)).append(", disturbed ")
                .append(Format.duration(stormSeconds)).append(holds() ? ": all of it holds" : ": NOT all of it holds").toString();
    }
}
