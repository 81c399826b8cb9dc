package io.floodmark.load.config;

import java.util.List;
import java.util.Map;

/// A piece of a scenario. Scalars keep their text, so that settings alone decide what it means.
sealed interface YamlNode {

    /// A number, word or text as it was written.
    record Scalar(String text) implements YamlNode {}

    /// A list.
    record Items(List<YamlNode> items) implements YamlNode {}

    /// A map, in the order of the file.
    record Entries(Map<String, YamlNode> entries) implements YamlNode {}

    /// A key without value.
    record Nothing() implements YamlNode {}
}
