package io.floodmark.load.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.floodmark.load.config.YamlNode.Entries;
import io.floodmark.load.config.YamlNode.Items;
import io.floodmark.load.config.YamlNode.Nothing;
import io.floodmark.load.config.YamlNode.Scalar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one YAML document from its tokens: bounded depth, no duplicate keys, no aliases, and
/// complaints with a line number that repeat nothing but keys.
///
/// Aliases are refused rather than bounded: the parser hands them out unresolved, as texts. One
/// thread, one use.
final class YamlReader {

    private static final int DEPTH_MAX = 6;
    private static final int ENTRIES_MAX = 10_000;

    /// The parser's complaints that are worth repeating; others may quote the file, and the file
    /// may hold a password.
    private static final List<String> HARMLESS =
            List.of(
                    "mapping values are not allowed here",
                    "could not find expected ':'",
                    "did not find expected key",
                    "found a tab character where an indentation space is expected",
                    "found unexpected end of stream",
                    "while scanning a quoted scalar",
                    "while parsing a block mapping",
                    "while parsing a flow mapping",
                    "while parsing a flow sequence",
                    "while parsing a block collection");

    private final String name;
    private final YAMLParser parser;
    private int entries;

    private YamlReader(String name, YAMLParser parser) {
        this.name = name;
        this.parser = parser;
    }

    /// The map at the top of the file.
    static Map<String, YamlNode> read(TextFile file) throws InvalidFile {
        try (YAMLParser parser = new YAMLFactory().createParser(file.text())) {
            return new YamlReader(file.name(), parser).document();
        } catch (JsonProcessingException problem) {
            throw new InvalidFile(syntaxError(file.name(), problem));
        } catch (IOException problem) {
            throw new InvalidFile("scenario " + file.name() + ": cannot be read as YAML");
        }
    }

    private Map<String, YamlNode> document() throws IOException, InvalidFile {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw problem("is empty; expected settings such as \"rate: 300\"");
        }
        if (first != JsonToken.START_OBJECT || aliased()) {
            throw problem("is not a map; expected settings such as \"rate: 300\"");
        }
        Entries top = map(1);
        if (parser.nextToken() != null) {
            throw problem("holds a second document; expected one map of settings");
        }
        return top.entries();
    }

    private YamlNode node(@Nullable JsonToken token, int depth) throws IOException, InvalidFile {
        if (aliased()) {
            throw problem("uses an alias (*), which a scenario does not support; write the value");
        }
        if (depth > DEPTH_MAX || ++entries > ENTRIES_MAX) {
            throw problem("is nested too deeply or too long");
        }
        if (token == JsonToken.START_OBJECT) {
            return map(depth);
        }
        if (token == JsonToken.START_ARRAY) {
            return list(depth);
        }
        return token == JsonToken.VALUE_NULL ? new Nothing() : new Scalar(parser.getText());
    }

    private Entries map(int depth) throws IOException, InvalidFile {
        Map<String, YamlNode> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (map.containsKey(key)) {
                throw problem("has the key " + Printable.quote(key) + " twice");
            }
            map.put(key, node(parser.nextToken(), depth + 1));
        }
        return new Entries(map);
    }

    private Items list(int depth) throws IOException, InvalidFile {
        List<YamlNode> items = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            items.add(node(token, depth + 1));
            token = parser.nextToken();
        }
        return new Items(items);
    }

    private boolean aliased() throws IOException {
        return parser.isCurrentAlias();
    }

    private InvalidFile problem(String complaint) {
        return new InvalidFile(
                "scenario "
                        + name
                        + " line "
                        + Math.max(1, parser.currentTokenLocation().getLineNr())
                        + ": "
                        + complaint);
    }

    private static String syntaxError(String name, JsonProcessingException problem) {
        String message = String.valueOf(problem.getOriginalMessage());
        Optional<String> known =
                HARMLESS.stream()
                        .filter(phrase -> message.lines().anyMatch(line -> line.startsWith(phrase)))
                        .findFirst();
        var location = problem.getLocation();
        return "scenario "
                + name
                + (location == null || location.getLineNr() < 1
                        ? ""
                        : " line " + location.getLineNr())
                + ": is not valid YAML"
                + known.map(phrase -> " (" + phrase + ")").orElse("");
    }
}
