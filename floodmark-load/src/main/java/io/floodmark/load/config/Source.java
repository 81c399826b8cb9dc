package io.floodmark.load.config;

import java.util.List;
import java.util.stream.Collectors;

/// Where a value came from. Ranks order the sources: the higher one wins.
public sealed interface Source {

    /// For people: `flag --rate`, `.env file line 7 DB_HOST`.
    String label();

    /// Precedence, from 0 (default) to 4 (flag).
    int rank();

    /// Whether the user gave the value.
    default boolean explicit() {
        return rank() > 0;
    }

    /// A flag on the command line.
    record Flag(String name) implements Source {
        @Override
        public String label() {
            return "flag --" + name;
        }

        @Override
        public int rank() {
            return 4;
        }
    }

    /// A variable of the process's environment.
    record Environment(String variable) implements Source {
        @Override
        public String label() {
            return "environment " + variable;
        }

        @Override
        public int rank() {
            return 3;
        }
    }

    /// A line of a `.env` file.
    record DotEnvLine(String file, int line, String variable) implements Source {
        @Override
        public String label() {
            return file + " file line " + line + " " + variable;
        }

        @Override
        public int rank() {
            return 2;
        }
    }

    /// A key of a YAML scenario.
    record ScenarioKey(String file, String key) implements Source {
        @Override
        public String label() {
            return "scenario " + file + " key " + key;
        }

        @Override
        public int rank() {
            return 1;
        }
    }

    /// Nobody gave the value.
    record Default() implements Source {
        @Override
        public String label() {
            return "default";
        }

        @Override
        public int rank() {
            return 0;
        }
    }

    /// A value put together from several variables.
    record Several(List<Source> parts) implements Source {

        public Several {
            parts = List.copyOf(parts);
        }

        @Override
        public String label() {
            return parts.stream().map(Source::label).collect(Collectors.joining(", "));
        }

        @Override
        public int rank() {
            return parts.stream().mapToInt(Source::rank).max().orElse(0);
        }
    }
}
