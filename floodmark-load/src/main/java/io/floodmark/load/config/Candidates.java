package io.floodmark.load.config;

import io.floodmark.load.config.Setting.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// All sources of one configuration; [#find(Setting)] answers with the highest that offers a value.
record Candidates(
        Map<String, List<String>> flags,
        Map<String, String> environment,
        DotEnv dotEnv,
        Scenario scenario) {

    Optional<Candidate> find(Setting<?> setting) {
        return flag(setting).or(() -> variables(setting)).or(() -> scenario(setting));
    }

    private Optional<Candidate> flag(Setting<?> setting) {
        return setting.hasFlag()
                ? Optional.ofNullable(flags.get(setting.name()))
                        .map(texts ->
                                new Candidate(
                                        switched(setting, texts), new Source.Flag(setting.name())))
                : Optional.empty();
    }

    /// `--json` alone means yes.
    private static List<String> switched(Setting<?> setting, List<String> texts) {
        return setting.use() == Use.SWITCH && texts.isEmpty() ? List.of("true") : texts;
    }

    private Optional<Candidate> scenario(Setting<?> setting) {
        return Optional.ofNullable(scenario.values().get(setting.name()));
    }

    private Optional<Candidate> variables(Setting<?> setting) {
        return setting.environment().size() > 1
                ? shares(setting.environment())
                : setting.environment().stream().findFirst().flatMap(this::variable);
    }

    /// The environment shadows the `.env` file; an empty variable counts as not set.
    private Optional<Candidate> variable(String name) {
        String set = environment.getOrDefault(name, "");
        if (!set.isEmpty()) {
            return Optional.of(new Candidate(List.of(set), new Source.Environment(name)));
        }
        return Optional.ofNullable(dotEnv.variables().get(name))
                .filter(variable -> !variable.value().isEmpty())
                .map(variable -> new Candidate(List.of(variable.value()), line(name, variable)));
    }

    private Source line(String name, DotEnv.Variable variable) {
        return new Source.DotEnvLine(dotEnv.file(), variable.line(), name);
    }

    /// `INSERT_PERCENT=70` and its siblings as one mix; those not set are 0 when one is set. Each
    /// variable may come from the environment or the `.env` file on its own.
    private Optional<Candidate> shares(List<String> names) {
        List<String> shares = new ArrayList<>();
        List<Source> sources = new ArrayList<>();
        for (String name : names) {
            Optional<Candidate> found = variable(name);
            found.ifPresent(candidate -> sources.add(candidate.source()));
            String kind = name.substring(0, name.indexOf('_')).toLowerCase(Locale.ROOT);
            shares.add(kind + "=" + found.map(one -> one.texts().getFirst()).orElse("0"));
        }
        return sources.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Candidate(
                                List.of(String.join(",", shares)), new Source.Several(sources)));
    }
}
