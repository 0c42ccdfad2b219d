package io.padrec.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two of the paper's tables on a tiny dataset, as somebody makes them who has other things to do. */
class ReproduceIT {
    private static final List<String> REPORTS = List.of("report.json", "report.md");

    @TempDir
    static Path folder;

    private static PadrecProcess reproduce(String home, String... more) {
        List<String> arguments = new ArrayList<>(List.of("reproduce", "--table", "fig3,fig2", "--dataset", "prime-pantry", "--from",
                "files", "--recipe", "best", "--seeds", "4", "--epochs", "1", "--threads", "1", "--home", home));
        arguments.addAll(List.of(more));
        return PadrecProcess.start(folder, arguments.toArray(String[]::new));
    }

    @BeforeAll
    static void makesThemOnce() throws IOException {
        TinyShop.write(folder.resolve("files"));
        reproduce("calm").succeeds();
    }

    @Test
    void theReportHasTheRowsOfBothTablesAndNothingLeft() throws IOException {
        Map<String, Object> report = Json.parseObject(Files.readString(folder.resolve("calm/reproduce/report.json")));
        assertEquals(List.of("popularity", "text kNN", "id only", "PAD"), rows(((Map<?, ?>) report.get("tables")).get("fig2")));
        assertEquals(List.of("id only", "CTRL", "SMEM", "PAD"), rows(report.get("distances")));
        assertEquals(List.of(), report.get("left"));
        assertTrue(Files.readString(folder.resolve("calm/reproduce/report.html")).startsWith("<!DOCTYPE html>"));
    }

    private static List<?> rows(Object part) {
        return ((List<?>) part).stream().map(row -> ((Map<?, ?>) row).get("row")).toList();
    }

    @Test
    void withoutTimeItMeasuresNothingAndSaysWhatIsLeft() throws IOException {
        PadrecProcess hurried = reproduce("hurried", "--budget", "0").succeeds();
        assertEquals(List.of(), hurried.states("pretrain"));
        List<?> left = (List<?>) Json.parseObject(Files.readString(folder.resolve("hurried/reproduce/report.json"))).get("left");
        assertTrue(left.contains("PAD (seed 4)") && left.contains("distances of CTRL (seed 4)"), left.toString());
    }

    @Test
    void killedInEachPhaseAndStartedAgainItEndsWithTheSameReportHoweverManyRowsAreTrainedAtATime() throws IOException {
        for (String phase : List.of("pretrain", "align")) {
            PadrecProcess killed = reproduce("killed");
            killed.await(phase, "running");
            killed.kill();
        }
        PadrecProcess killed = reproduce("killed", "--jobs", "2");
        killed.await("finetune (PAD, seed 4)", "begun");
        killed.kill();
        PadrecProcess last = reproduce("killed", "--jobs", "2").succeeds();
        assertEquals("skipped", last.states("pretrain (PAD, seed 4)").getFirst());
        assertTrue(last.states("finetune (PAD, seed 4)").contains("done"));
        for (String report : REPORTS) {
            assertEquals(Files.readString(folder.resolve("calm/reproduce").resolve(report)),
                    Files.readString(folder.resolve("killed/reproduce").resolve(report)));
        }

        // What is measured is not measured again.
        PadrecProcess again = reproduce("killed").succeeds();
        for (String phase : List.of("pretrain", "align", "finetune")) {
            assertTrue(again.states(phase).stream().allMatch("skipped"::equals), phase + " " + again.states(phase));
        }
    }
}
