package io.padrec.standalone.local;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the functions of a home folder answer, while they are up: {@code run/up.json}.
 *
 * @param router    takes CloudEvents
 * @param functions by their names
 */
public record Address(URI router, Map<String, URI> functions) {
    private static final String FILE = "up.json";

    static Address of(Ports ports) {
        Map<String, URI> functions = new LinkedHashMap<>();
        for (Function function : Function.values()) {
            functions.put(function.title(), ports.of(function));
        }
        return new Address(ports.router(), functions);
    }

    void write(Path run) {
        AtomicFiles.writeString(run.resolve(FILE), Json.pretty(json()));
    }

    /** What a program is told. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("router", router.toString());
        functions.forEach((name, url) -> json.put(name, url.toString()));
        return json;
    }

    static void delete(Path run) {
        try {
            Files.deleteIfExists(run.resolve(FILE));
        } catch (IOException e) {
            throw new PadrecException("cannot delete " + run.resolve(FILE) + ": " + e, e);
        }
    }

    /** Empty where nothing is up, or is not ready yet. */
    static Optional<Address> read(Path run) {
        try {
            Map<String, URI> urls = new LinkedHashMap<>();
            Json.parseObject(Files.readString(run.resolve(FILE)))
                    .forEach((name, url) -> urls.put(name, URI.create(url.toString())));
            URI router = urls.remove("router");
            return Optional.of(new Address(router, urls));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            throw new PadrecException("cannot read " + run.resolve(FILE) + ": " + e + "; stop what is up with padrec down, and "
                    + "start it again", e);
        }
    }
}
