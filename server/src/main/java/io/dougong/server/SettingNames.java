package io.dougong.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.dougong.kernel.Json;
import io.dougong.kernel.Suggest;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/** Every setting: its name in the file, what it is if nobody says otherwise, and what it means. */
final class SettingNames {

    /** @param fallback its value if it is set nowhere */
    private record Setting(String name, String fallback, String meaning) {}

    private static final List<Setting> ALL = List.of(
            new Setting("home", "", "folder that holds everything"),
            new Setting("host", "127.0.0.1", "address to listen on"),
            new Setting("port", "7420", "port to listen on; 0 takes a free one"),
            new Setting("host-names", "", "further host names to answer for, comma-separated"),
            new Setting("in-flight", "1024", "the most decisions, and the most appends, at once"),
            new Setting("max-ahead", "24h", "how far ahead of the clock an event's time may be"),
            new Setting("checkpoint-events", "200000", "how many events may have to be applied again after a crash"),
            new Setting("drain", "30s", "how long a stop waits for what is being answered"),
            new Setting("trace.endpoint", "", "where spans go, OTLP over HTTP, e.g. http://127.0.0.1:4318/v1/traces"),
            new Setting("trace.share", "1", "share of the requests that are traced, 0 to 1"),
            new Setting("log.json", "false", "log as one JSON object a line"),
            new Setting("log.requests", "OFF", "INFO logs a line for every request"));

    private SettingNames() {}

    /** @throws ServerProblem if the file in the home folder sets what does not exist */
    static void check(HomeSettings file) {
        List<String> known = ALL.stream().map(Setting::name).toList();
        for (String name : file.getPropertyNames()) {
            String bare = name.substring(HomeSettings.PREFIX.length());
            if (!known.contains(bare)) {
                throw ServerProblem.unknownSetting(bare, HomeSettings.FILE, Suggest.near(bare, known));
            }
        }
    }

    /** Each setting with its value and where it comes from: flag, environment, file or default. */
    static ArrayNode shown(Config config) {
        ArrayNode rows = Json.mapper().createArrayNode();
        for (Setting setting : ALL) {
            ConfigValue value = config.getConfigValue(HomeSettings.PREFIX + setting.name());
            boolean set = value.getValue() != null && !value.getValue().isEmpty();
            rows.addObject()
                    .put("setting", setting.name())
                    .put("value", set ? value.getValue() : setting.fallback())
                    .put("from", set ? source(String.valueOf(value.getSourceName())) : "default")
                    .put("meaning", setting.meaning());
        }
        return rows;
    }

    private static String source(String name) {
        if (name.equals(HomeSettings.FILE)) {
            return "file";
        }
        return name.contains("Env") ? "environment" : name.contains("Sys") ? "flag" : "default";
    }
}
