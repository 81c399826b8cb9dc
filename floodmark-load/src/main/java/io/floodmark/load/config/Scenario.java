package io.floodmark.load.config;

import io.floodmark.load.config.Setting.Use;
import io.floodmark.load.config.YamlNode.Entries;
import io.floodmark.load.config.YamlNode.Items;
import io.floodmark.load.config.YamlNode.Nothing;
import io.floodmark.load.config.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A YAML scenario: a map with the names of settings as keys, brought to the texts that the
/// settings' grammars read.
///
/// Beyond scalars: `threshold` (or `thresholds`) may be a list, `mix` a map of kinds, `arrival` a
/// map of one process (`ramp: {from: 10, to: 100}`, `steps: [10s: 100, 20s: 200]`).
///
/// @param values the candidates by name of the setting
/// @param problems unknown keys and values of the wrong shape
record Scenario(Map<String, Candidate> values, List<String> problems) {

    static final Scenario NONE = new Scenario(Map.of(), List.of());

    private static final String THRESHOLDS = "thresholds";

    static Scenario parse(TextFile file) throws InvalidFile {
        Map<String, Candidate> values = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        YamlReader.read(file)
                .forEach((key, node) -> {
                    try {
                        put(file.name(), key, node, values);
                    } catch (InvalidSetting problem) {
                        problems.add("scenario " + file.name() + ": " + problem.complaint());
                    }
                });
        return new Scenario(values, problems);
    }

    private static void put(String file, String key, YamlNode node, Map<String, Candidate> values)
            throws InvalidSetting {
        Setting<?> setting = setting(key);
        List<String> texts = texts(setting, key, node);
        Source source = new Source.ScenarioKey(file, key);
        if (values.put(setting.name(), new Candidate(texts, source)) != null) {
            throw new InvalidSetting("has both threshold and thresholds; keep one");
        }
    }

    private static Setting<?> setting(String key) throws InvalidSetting {
        String name = key.equals(THRESHOLDS) ? Settings.THRESHOLD.name() : key;
        return Settings.find(name)
                .orElseThrow(() ->
                        new InvalidSetting(
                                "unknown key "
                                        + Printable.quote(key)
                                        + NearestName.hint(key, Settings.names())));
    }

    private static List<String> texts(Setting<?> setting, String key, YamlNode node)
            throws InvalidSetting {
        return switch (node) {
            case Scalar scalar -> List.of(scalar.text());
            case Nothing _ -> throw new InvalidSetting("key \"" + key + "\" has no value");
            case Items list when setting.use() == Use.LIST -> scalars(key, list);
            case Entries map when setting.equals(Settings.MIX) -> List.of(joined(key, map, "="));
            case Entries map when setting.equals(Settings.ARRIVAL) -> List.of(arrival(map));
            case Items _ -> throw wrongShape(key, "a list");
            case Entries _ -> throw wrongShape(key, "a map");
        };
    }

    private static List<String> scalars(String key, Items list) throws InvalidSetting {
        List<String> texts = new ArrayList<>();
        for (YamlNode item : list.items()) {
            texts.add(scalar(key, item));
        }
        return texts;
    }

    private static String joined(String key, Entries map, String sign) throws InvalidSetting {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, YamlNode> entry : map.entries().entrySet()) {
            parts.add(entry.getKey() + sign + scalar(key, entry.getValue()));
        }
        return String.join(",", parts);
    }

    private static String arrival(Entries map) throws InvalidSetting {
        if (map.entries().size() != 1) {
            throw new InvalidSetting("key \"arrival\" must name one process");
        }
        Map.Entry<String, YamlNode> process = map.entries().entrySet().iterator().next();
        String parameters =
                switch (process.getValue()) {
                    case Scalar scalar -> scalar.text();
                    case Nothing _ -> "";
                    case Entries ends -> end(ends, "from") + ".." + end(ends, "to");
                    case Items steps -> steps(steps);
                };
        return parameters.isEmpty() ? process.getKey() : process.getKey() + ":" + parameters;
    }

    private static String end(Entries ends, String name) throws InvalidSetting {
        if (!ends.entries().keySet().equals(Set.of("from", "to"))) {
            throw new InvalidSetting("key \"arrival\": a ramp has the keys from and to");
        }
        return scalar("arrival", ends.entries().getOrDefault(name, new Nothing()));
    }

    /// Each step is `10s:100` as a text, or `10s: 100` as a map.
    private static String steps(Items list) throws InvalidSetting {
        List<String> steps = new ArrayList<>();
        for (YamlNode item : list.items()) {
            steps.add(
                    item instanceof Entries map
                            ? joined("arrival", map, ":")
                            : scalar("arrival", item));
        }
        return String.join(",", steps);
    }

    private static String scalar(String key, YamlNode node) throws InvalidSetting {
        if (node instanceof Scalar scalar) {
            return scalar.text();
        }
        throw new InvalidSetting("key \"" + key + "\" has a part that is no plain value");
    }

    private static InvalidSetting wrongShape(String key, String shape) {
        return new InvalidSetting("key \"" + key + "\" is " + shape + "; expected one value");
    }
}
