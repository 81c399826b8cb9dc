package io.floodmark.load.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Turns candidates into values, and collects what is wrong instead of stopping at it. One thread,
/// one configuration.
final class SettingReader {

    private final Candidates candidates;
    private final List<String> problems = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private final Map<String, Resolved> resolved = new HashMap<>();

    SettingReader(Candidates candidates) {
        this.candidates = candidates;
    }

    /// The value given, or the fixed default.
    <T> Value<T> read(Setting<T> setting) {
        return read(setting, () -> fixed(setting));
    }

    /// The value given, or the derived one.
    <T> Value<T> read(Setting<T> setting, Supplier<T> derived) {
        Optional<Candidate> candidate = candidates.find(setting);
        Optional<Value<T>> given = candidate.flatMap(found -> parse(setting, found));
        Value<T> value =
                given.orElseGet(() ->
                        new Value<>(derived.get(), new Source.Default(), candidate.isEmpty()));
        show(setting, value);
        return value;
    }

    /// The value given, if any; shows nothing.
    <T> Optional<Value<T>> find(Setting<T> setting) {
        return candidates.find(setting).flatMap(found -> parse(setting, found));
    }

    /// All values of a list, from the highest source that has any.
    <T> List<T> readList(Setting<T> setting) {
        List<T> values = new ArrayList<>();
        Optional<Candidate> candidate = candidates.find(setting);
        for (String text : candidate.map(Candidate::texts).orElse(List.of())) {
            parse(setting, text, candidate.orElseThrow().source())
                    .ifPresent(value -> values.add(value.value()));
        }
        String text =
                values.stream().map(setting.grammar()::format).collect(Collectors.joining(", "));
        Source source = candidate.map(Candidate::source).orElse(new Source.Default());
        show(new Resolved(setting.name(), text, source));
        return values;
    }

    private <T> Optional<Value<T>> parse(Setting<T> setting, Candidate candidate) {
        if (candidate.texts().size() != 1) {
            problem(
                    setting.name()
                            + ": "
                            + candidate.source().label()
                            + (candidate.texts().isEmpty()
                                    ? " needs a value"
                                    : " is given " + candidate.texts().size() + " times")
                            + "; give it once: "
                            + setting.range());
            return Optional.empty();
        }
        return parse(setting, candidate.texts().getFirst(), candidate.source());
    }

    private <T> Optional<Value<T>> parse(Setting<T> setting, String text, Source source) {
        try {
            return Optional.of(new Value<>(setting.grammar().parse(text), source, true));
        } catch (InvalidSetting invalid) {
            problem(
                    setting.name()
                            + ": "
                            + setting.grammar().quote(text)
                            + " from "
                            + source.label()
                            + " "
                            + invalid.complaint());
            return Optional.empty();
        }
    }

    /// Where a value of the setting would come from, if anybody gave one.
    Optional<Source> source(Setting<?> setting) {
        return candidates.find(setting).map(Candidate::source);
    }

    /// The value given, if any and sound; tells and shows nothing.
    <T> Optional<T> peek(Setting<T> setting) {
        try {
            Optional<Candidate> given = candidates.find(setting);
            return given.isPresent() && given.get().texts().size() == 1
                    ? Optional.of(setting.grammar().parse(given.get().texts().getFirst()))
                    : Optional.empty();
        } catch (InvalidSetting _) {
            return Optional.empty();
        }
    }

    /// The default of a setting that has a fixed one.
    static <T> T fixed(Setting<T> setting) {
        return parsed(setting, setting.fallback().words());
    }

    /// A value of our own that is sound.
    static <T> T parsed(Setting<T> setting, String text) {
        try {
            return setting.grammar().parse(text);
        } catch (InvalidSetting invalid) {
            throw new IllegalStateException(
                    "default of " + setting.name() + " " + invalid.complaint(), invalid);
        }
    }

    /// `rate 300/s from flag --rate`, for messages about several settings.
    <T> String told(Setting<T> setting, Value<T> value) {
        return setting.name()
                + " "
                + setting.grammar().format(value.value())
                + " from "
                + value.source().label();
    }

    <T> void show(Setting<T> setting, Value<T> value) {
        String text = setting.grammar().format(value.value());
        show(new Resolved(setting.name(), text, value.source()));
    }

    void show(Resolved value) {
        resolved.put(value.name(), value);
    }

    void problem(String line) {
        problems.add(line);
    }

    void notice(String line) {
        notices.add(line);
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    List<String> notices() {
        return List.copyOf(notices);
    }

    /// In the order of [Settings#ALL]; a setting without a value is there with an empty one.
    List<Resolved> resolved() {
        return Settings.ALL.stream()
                .map(Setting::name)
                .map(name ->
                        resolved.getOrDefault(name, new Resolved(name, "", new Source.Default())))
                .toList();
    }
}
