package io.padrec.standalone.local;

import io.padrec.core.PadrecException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The five functions, as they are started on a laptop. */
enum Function {
    INGEST("512m"),
    PRETRAIN("1g"),
    ALIGN("1g"),
    FINETUNE("1g"),
    RECOMMEND("512m");

    /** Tensors live outside the heap, so it is small; the serial collector collects before it takes more memory. */
    private static final List<String> JAVA_OPTIONS = List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Dai.djl.offline=true",
            "-DOPT_OUT_TRACKING=true");

    private final String heap;

    Function(String heap) {
        this.heap = heap;
    }

    /** As people, Services and folders name it. */
    String title() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    static List<String> titles() {
        return Arrays.stream(values()).map(Function::title).toList();
    }

    /**
     * How it is started.
     *
     * @param name     of the process: this function's, or another where there are two
     * @param url      where it is to answer
     * @param root     the project's folder, where it is built
     * @param settings what it finds in its environment, beside its address
     * @throws PadrecException where it is not built
     */
    Launch launch(String name, URI url, Path root, Places places, Map<String, String> settings) {
        Path program = root.resolve("functions/" + title() + "/target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(program)) {
            throw new PadrecException("the function " + title() + " is not built: there is no " + program
                    + "; scripts/padrec builds it, or ./mvnw package");
        }
        String word = "-Dpadrec.up=" + places.home().resolve(name);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heap);
        command.addAll(JAVA_OPTIONS);
        command.addAll(Stream.of(System.getenv().getOrDefault("PADREC_JAVA_OPTS", "").split("\\s+"))
                .filter(option -> !option.isEmpty()).toList());
        command.addAll(List.of(word, "-jar", program.toString()));
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("QUARKUS_HTTP_HOST", url.getHost());
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(url.getPort()));
        return new Launch(name, command, word, environment, places.logs().resolve(name + ".log"), url.resolve("/q/health/ready"));
    }
}
