package io.floodmark.load.config;

import io.floodmark.load.postgres.Password;
import io.floodmark.load.threshold.Threshold;
import io.floodmark.load.threshold.ThresholdSyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Settings that are texts of some form, or one of a few words.
final class Texts {

    /// PostgreSQL cuts longer names off, silently.
    private static final int NAME_BYTES_MAX = 63;

    private Texts() {}

    /// An address in the wrong setting would be taken as a name and shown with its password.
    private static void refuseAddress(String text) throws InvalidSetting {
        if (text.contains("://")) {
            throw new InvalidSetting("is an address: give it as url");
        }
    }

    /// A text that matches a pattern. `what` begins with an article.
    record Matching(Pattern pattern, String what, String range) implements Grammar<String> {

        @Override
        public String parse(String text) throws InvalidSetting {
            String value = text.strip();
            if (!pattern.matcher(value).matches()) {
                throw InvalidSetting.malformed(what, range);
            }
            return value;
        }
    }

    /// A host name, an IPv4 or an IPv6 address.
    record Host() implements Grammar<String> {

        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,255}");
        private static final Pattern IPV6 =
                Pattern.compile(
                        "\\[?([0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f.]{0,15}){2,8}(?:%[\\w.-]+)?)]?");
        private static final Pattern WITH_PORT = Pattern.compile("[A-Za-z0-9._-]+:[0-9]+");

        @Override
        public String parse(String text) throws InvalidSetting {
            String value = text.strip();
            var address = IPV6.matcher(value);
            if (address.matches()) {
                return String.valueOf(address.group(1));
            }
            if (WITH_PORT.matcher(value).matches()) {
                throw new InvalidSetting("contains a port: give the port by its own setting, port");
            }
            if (!NAME.matcher(value).matches()) {
                throw InvalidSetting.malformed("a host", range());
            }
            return value;
        }

        @Override
        public String range() {
            return "one host name or IP address";
        }
    }

    /// The name of a role or a database: anything PostgreSQL takes.
    record ServerName(String what) implements Grammar<String> {

        @Override
        public String parse(String text) throws InvalidSetting {
            refuseAddress(text);
            int bytes = text.getBytes(StandardCharsets.UTF_8).length;
            boolean printable = text.chars().noneMatch(Character::isISOControl);
            if (bytes < 1 || bytes > NAME_BYTES_MAX || !printable) {
                throw InvalidSetting.malformed(what, range());
            }
            return text;
        }

        @Override
        public String range() {
            return "1 to 63 bytes without control characters";
        }
    }

    /// A table, perhaps with its schema. Quoting is not offered: the name goes into statements.
    record TableName() implements Grammar<String> {

        private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]{0,62}");

        @Override
        public String parse(String text) throws InvalidSetting {
            List<String> parts = List.of(text.strip().split("\\.", -1));
            boolean valid =
                    parts.size() <= 2
                            && parts.stream().allMatch(part -> IDENTIFIER.matcher(part).matches());
            if (!valid) {
                throw InvalidSetting.malformed("a table name", range());
            }
            return text.strip();
        }

        @Override
        public String range() {
            return "1 to 63 of A-Z a-z 0-9 _ $, not beginning with a digit or $, optionally after"
                    + " \"schema.\"";
        }
    }

    /// A text that must not be shown.
    record PasswordText() implements Grammar<Password> {

        private static final int LENGTH_MAX = 10_000;

        @Override
        public Password parse(String text) throws InvalidSetting {
            if (text.length() > LENGTH_MAX || text.indexOf('\0') >= 0) {
                throw InvalidSetting.malformed("a password", range());
            }
            return Password.of(text);
        }

        @Override
        public String range() {
            return "any text of at most 10,000 characters";
        }

        @Override
        public String quote(String text) {
            return "***";
        }
    }

    /// A folder, which need not exist.
    record Folder() implements Grammar<Path> {

        @Override
        public Path parse(String text) throws InvalidSetting {
            refuseAddress(text);
            if (text.isBlank()) {
                throw InvalidSetting.malformed("a folder", range());
            }
            try {
                return Path.of(text);
            } catch (InvalidPathException _) {
                throw InvalidSetting.malformed("a folder", range());
            }
        }

        @Override
        public String range() {
            return "the path of a folder, created when it does not exist";
        }
    }

    /// A file to be written.
    record NewFile() implements Grammar<Path> {

        @Override
        public Path parse(String text) throws InvalidSetting {
            return new Folder().parse(text);
        }

        @Override
        public String range() {
            return "the path of a file, made anew";
        }
    }

    /// Yes or no.
    record Switch() implements Grammar<Boolean> {

        @Override
        public Boolean parse(String text) throws InvalidSetting {
            return switch (text.strip()) {
                case "true" -> true;
                case "false" -> false;
                default -> throw InvalidSetting.malformed("a switch", range());
            };
        }

        @Override
        public String range() {
            return "true or false";
        }
    }

    /// One of a few words.
    record Choice<T>(List<T> values, Function<T, String> label) implements Grammar<T> {

        Choice {
            values = List.copyOf(values);
        }

        @Override
        public T parse(String text) throws InvalidSetting {
            String word = text.strip();
            for (T value : values) {
                if (label.apply(value).equals(word)) {
                    return value;
                }
            }
            throw new InvalidSetting("is not one of " + range() + NearestName.hint(word, words()));
        }

        private List<String> words() {
            return values.stream().map(label).toList();
        }

        @Override
        public String range() {
            return String.join(", ", words());
        }

        @Override
        public String format(T value) {
            return label.apply(value);
        }
    }

    /// A service-level objective.
    record Objective() implements Grammar<Threshold> {

        @Override
        public Threshold parse(String text) throws InvalidSetting {
            try {
                return Threshold.parse(text);
            } catch (ThresholdSyntaxException problem) {
                throw new InvalidSetting(problem.detail());
            }
        }

        @Override
        public String range() {
            return "METRIC:AGGREGATION OPERATOR LIMIT, such as response:p99<50ms";
        }
    }
}
