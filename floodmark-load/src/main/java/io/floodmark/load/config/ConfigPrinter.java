package io.floodmark.load.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;

/// The printed forms of a configuration, for `--print-config`. Secrets are masked already.
public final class ConfigPrinter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NO_VALUE = "-";
    private static final String GAP = "  ";

    private ConfigPrinter() {}

    /// One line for each setting: name, value (`-` when it has none) and source, in columns. Then
    /// the notices.
    public static String text(Loaded loaded) {
        int names = width(loaded, Resolved::name);
        int values = width(loaded, ConfigPrinter::value);
        StringBuilder text = new StringBuilder();
        for (Resolved one : loaded.values()) {
            text.append(padded(one.name(), names))
                    .append(GAP)
                    .append(padded(value(one), values))
                    .append(GAP)
                    .append(one.source().label())
                    .append('\n');
        }
        loaded.notices().forEach(notice -> text.append("note: ").append(notice).append('\n'));
        return text.toString();
    }

    private static String value(Resolved one) {
        return one.value().isEmpty() ? NO_VALUE : one.value();
    }

    private static int width(Loaded loaded, Function<Resolved, String> column) {
        return loaded.values().stream().map(column).mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    /// `{"settings": [{"name", "value", "source"}, ...], "notices": [...]}`; values are texts as a
    /// user would write them, `null` when a setting has none.
    public static String json(Loaded loaded) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode settings = root.putArray("settings");
        for (Resolved one : loaded.values()) {
            ObjectNode entry = settings.addObject().put("name", one.name());
            if (one.value().isEmpty()) {
                entry.putNull("value");
            } else {
                entry.put("value", one.value());
            }
            entry.put("source", one.source().label());
        }
        loaded.notices().forEach(root.putArray("notices")::add);
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of texts is always JSON", impossible);
        }
    }
}
