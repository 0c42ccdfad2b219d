package io.padrec.standalone.local;

import io.padrec.standalone.terminal.Format;
import io.padrec.standalone.terminal.Output;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** What happens to processes: one line each. */
record Happenings(Output output) {
    void started(String name, long pid, boolean again) {
        tell(name, again ? "restarted" : "started", pid, (again ? "restarted" : "started") + " (process " + pid + ")", Map.of());
    }

    void ready(String name, long pid, URI at, double seconds) {
        tell(name, "ready", pid, "ready after " + Format.duration(seconds) + " on " + at.resolve("/").toString().replaceAll("/$", ""),
                Map.of("seconds", seconds));
    }

    void died(String name, long pid, int code) {
        // 128 and the signal's number is what a shell would say of a process that a signal ended, and Java says it too.
        tell(name, "died", pid, "died (process " + pid + ", exit code " + code + ")", Map.of("exitCode", code));
    }

    void stopped(String name) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("process", name);
        json.put("state", "stopped");
        output.happened(name, json, "stopped");
    }

    void say(String line) {
        output.note(line);
    }

    private void tell(String name, String state, long pid, String text, Map<String, Object> more) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("process", name);
        json.put("state", state);
        json.put("pid", pid);
        json.putAll(more);
        output.happened(name, json, text);
    }
}
