package io.padrec.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments are answered before anything is started: nothing here needs Quarkus, a database or a home folder. */
class ArgumentsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String arguments) {
        return Main.run(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments.isEmpty() ? new String[0] : arguments.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "quickstart ", "import ", "embed ", "pretrain ", "align ", "finetune ", "evaluate ", "reproduce ", "recommend ",
        "export ", "models ", "runs ", "serve ", "up ", "down ", "pipeline ", "chaos "})
    void everyCommandExplainsItself(String command) {
        assertEquals(0, run(command + "--help"));
        assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("Usage: padrec " + command.strip()), out.toString());
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "''                                     | a command is missing",
        "quickstat                              | quickstat",
        "quickstart --sead 1                    | --sead",
        "quickstart --seed one                  | --seed",
        "quickstart --threads -1                | threads",
        "quickstart --threads many              | --threads",
        "quickstart --device gpu                | device 'gpu'",
        "quickstart --recipe worst              | no recipe 'worst'",
        "quickstart --backbone bert4rec         | no backbone 'bert4rec'",
        "quickstart --epochs 0                  | --epochs",
        "quickstart --split random              | no split 'random'",
        "quickstart --port 0                    | --port",
        "quickstart --port 65536                | --port",
        "quickstart --dataset mine --from .     | no dataset 'mine'",
        "quickstart --dataset mine --format xls --from . | no format 'xls'",
        "quickstart --dataset mine --format csv | --format needs --from",
        "quickstart --format csv --from .       | padrec's own dataset",
        "quickstart --k-core 5                  | need --format",
        "quickstart --from .                    | the sample is made",
        "quickstart --dataset prime-pantry --from /no/such/folder | /no/such/folder is not a folder",
        "import --dataset mine --from .         | no dataset 'mine'",
        "import --dataset mine --format csv --from /no/such | /no/such is not there",
        "import --dataset mine --format csv --from . --k-core 0     | --k-core",
        "import --dataset mine --format csv --from . --columns usr=x | no column 'usr'",
        "import --dataset mine --format csv --from . --columns user  | --columns",
        "import --dataset mine --format csv --from . --text most    | --text must be title or all",
        "import --dataset mine --format csv --from . --text all     | text=brand+description",
        "import --dataset mine --format csv --from . --columns text=x | --text all",
        "quickstart --text all                  | need --format",
        "import --dataset mine --format mind --from . --min-rating 3 | mind has no ratings",
        "serve --port http                      | --port",
        "up --port-base 0                       | --port-base",
        "up --port-base 65530                   | --port-base",
        "up --manifest .                        | --manifest",
        "pipeline --recipe worst                | no recipe 'worst'",
        "pipeline --epochs 0                    | --epochs",
        "pipeline --split last                  | no split 'last'",
        "pipeline --dataset mine                | no dataset 'mine'",
        "chaos --kills 3                        | --kills",
        "reproduce --table fig9                 | no table 'fig9'",
        "reproduce --table main,fig9            | no table 'fig9'",
        "reproduce --seeds 1,two                | --seeds",
        "reproduce --budget -1                  | --budget",
        "reproduce --epochs 0                   | --epochs",
        "reproduce --jobs 0                     | --jobs",
        "reproduce --against nobody             | no row 'nobody'",
        "reproduce --split none                 | no split 'none'",
        "reproduce --recipe worst               | no recipe 'worst'",
        "export                                 | --items or --users",
        "export --items vectors.csv             | not as 'vectors.csv'",
        "export --items a.npy --model M --run R | --model or --run",
        "recommend                              | --user or --history",
        "recommend --user U --history A         | --user or --history",
        "recommend --user U -k 0                | -k",
        "recommend --user U -k -3               | -k",
        "recommend --user U -k 1000000000       | -k",
        "recommend --user                       | --user"})
    void aWrongArgumentIsOneLineAndExitCodeTwo(String arguments, String said) {
        assertEquals(2, run(arguments));
        String line = err.toString(StandardCharsets.UTF_8);
        assertTrue(line.startsWith("padrec: ") && line.contains(said), line);
        assertTrue(line.contains("--help"), line);
        assertEquals(1, line.lines().count(), line);
        assertEquals("", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void wrongArgumentsMakeNoHomeFolder() {
        Path home = Path.of("target", "never-made");
        assertEquals(2, run("quickstart --recipe worst --home " + home));
        assertFalse(Files.exists(home));
    }
}
