package io.padrec.text;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** Settings as an application reads them. */
final class Settings {
    private Settings() {
    }

    /** @param keysAndValues keys without {@code padrec.text.}, each with its value */
    static TextSettings of(String... keysAndValues) {
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put("padrec.text." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(properties, "test", 100))
                .withMapping(TextSettings.class).build().getConfigMapping(TextSettings.class);
    }

    /** The options of a server. */
    static OpenAiOptions openAi(String url, String... keysAndValues) {
        String[] all = new String[keysAndValues.length + 4];
        all[0] = "openai.url";
        all[1] = url;
        all[2] = "openai.model";
        all[3] = "local";
        for (int i = 0; i < keysAndValues.length; i += 2) {
            all[4 + i] = "openai." + keysAndValues[i];
            all[5 + i] = keysAndValues[i + 1];
        }
        return OpenAiOptions.of(of(all).openai());
    }
}
