package io.floodmark.load.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// Finds names that set nothing but look as if they were meant to. Their values are never shown.
final class NameChecks {

    private static final String PREFIX = "DB_";

    private NameChecks() {}

    /// Flags that do not exist.
    static List<String> flags(Collection<String> flags) {
        List<String> problems = new ArrayList<>();
        for (String flag : flags) {
            boolean known = Settings.find(flag).map(Setting::hasFlag).orElse(false);
            if (flag.equals(Settings.PASSWORD.name())) {
                problems.add(
                        "password: there is no flag --password, because other users of this machine"
                                + " can read command lines; set DB_PASSWORD in the environment or"
                                + " in a .env file, or password in a scenario");
            } else if (!known) {
                problems.add("unknown flag " + Printable.quote("--" + flag) + hint(flag));
            }
        }
        return problems;
    }

    private static String hint(String flag) {
        List<String> names =
                Settings.ALL.stream().filter(Setting::hasFlag).<String>map(Setting::name).toList();
        return NearestName.of(flag, names)
                .map(name -> "; did you mean \"--" + name + "\"?")
                .orElse("");
    }

    /// Others put their variables into the environment: only our own prefix is looked at.
    static List<String> environment(Collection<String> names) {
        return names.stream()
                .filter(name -> name.startsWith(PREFIX))
                .sorted()
                .flatMap(name -> nearMiss(name, "environment " + name).stream())
                .toList();
    }

    /// A `.env` file is written for us, or for us and few others.
    static List<String> dotEnv(DotEnv file) {
        return file.variables().entrySet().stream()
                .flatMap(entry ->
                        nearMiss(
                                entry.getKey(),
                                new Source.DotEnvLine(
                                                file.file(),
                                                entry.getValue().line(),
                                                entry.getKey())
                                        .label())
                                .stream())
                .toList();
    }

    private static List<String> nearMiss(String name, String where) {
        List<String> ours = Settings.variables();
        if (ours.contains(name)) {
            return List.of();
        }
        String upper = name.toUpperCase(Locale.ROOT).replace('-', '_');
        return NearestName.of(upper, ours)
                .map(meant -> Printable.clean(where) + " sets nothing; did you mean " + meant + "?")
                .stream()
                .toList();
    }
}
