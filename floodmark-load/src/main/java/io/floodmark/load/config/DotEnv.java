package io.floodmark.load.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A `.env` file: lines of `NAME=value`, as shells and containers read them.
///
/// `export` before the name is allowed; `#` begins a comment at the start of a line or after white
/// space. In single quotes every character stands for itself; in double quotes `\n`, `\"`, `\\` and
/// `\$` are escapes and any other backslash stands for itself. Nothing is expanded, no value spans
/// lines, and the last of several lines with one name wins.
///
/// @param file name of the file
/// @param variables values by name
/// @param problems malformed lines, without their content
record DotEnv(String file, Map<String, Variable> variables, List<String> problems) {

    static final DotEnv NONE = new DotEnv(".env", Map.of(), List.of());

    private static final Pattern LINE =
            Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\\s*=(.*)");
    private static final Pattern COMMENT = Pattern.compile("\\s#.*");

    /// A value and the line where it stands, counted from 1.
    record Variable(String value, int line) {}

    static DotEnv parse(TextFile file) {
        Map<String, Variable> variables = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        List<String> lines = List.of(file.text().split("\n", -1));
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                try {
                    read(line, index + 1, variables);
                } catch (InvalidSetting problem) {
                    problems.add(
                            file.name() + " file line " + (index + 1) + ": " + problem.complaint());
                }
            }
        }
        return new DotEnv(file.name(), variables, problems);
    }

    private static void read(String line, int number, Map<String, Variable> variables)
            throws InvalidSetting {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new InvalidSetting("is malformed: expected NAME=value");
        }
        String value = value(String.valueOf(matcher.group(2)));
        variables.put(String.valueOf(matcher.group(1)), new Variable(value, number));
    }

    private static String value(String written) throws InvalidSetting {
        String text = written.strip();
        if (text.startsWith("'")) {
            return singleQuoted(text);
        }
        if (text.startsWith("\"")) {
            return doubleQuoted(text);
        }
        return COMMENT.matcher(written).replaceFirst("").strip();
    }

    private static String singleQuoted(String text) throws InvalidSetting {
        int end = text.indexOf('\'', 1);
        if (end < 0) {
            throw new InvalidSetting("is malformed: the single quote is not closed");
        }
        requireEnd(text.substring(end + 1));
        return text.substring(1, end);
    }

    private static String doubleQuoted(String text) throws InvalidSetting {
        StringBuilder value = new StringBuilder();
        int index = 1;
        while (index < text.length() && text.charAt(index) != '"') {
            Optional<String> escaped = escape(text, index);
            value.append(escaped.orElse(text.substring(index, index + 1)));
            index += escaped.isPresent() ? 2 : 1;
        }
        if (index >= text.length()) {
            throw new InvalidSetting("is malformed: the double quote is not closed");
        }
        requireEnd(text.substring(index + 1));
        return value.toString();
    }

    private static Optional<String> escape(String text, int index) {
        if (text.charAt(index) != '\\' || index + 1 >= text.length()) {
            return Optional.empty();
        }
        return switch (text.charAt(index + 1)) {
            case 'n' -> Optional.of("\n");
            case '"' -> Optional.of("\"");
            case '\\' -> Optional.of("\\");
            case '$' -> Optional.of("$");
            default -> Optional.empty();
        };
    }

    private static void requireEnd(String rest) throws InvalidSetting {
        if (!rest.isBlank() && !COMMENT.matcher(rest).matches()) {
            throw new InvalidSetting(
                    "is malformed: only a comment may follow the closing quote, after a space");
        }
    }
}
