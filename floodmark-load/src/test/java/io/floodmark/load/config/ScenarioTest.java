package io.floodmark.load.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.load.postgres.Password;
import io.floodmark.load.threshold.Threshold;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScenarioTest {

    @TempDir private Path folder;

    private Configuring scenario(String text) {
        return new Configuring(folder).scenario(text);
    }

    @Test
    void a_whole_scenario_is_read() {
        RunConfig config =
                scenario(
                                """
                                # nightly
                                host: db
                                password: "s3cret"
                                arrival:
                                  steps: [10s: 100, "20s:1k/s"]
                                deadline: none
                                mix:
                                  insert: 50
                                  transaction: 50
                                thresholds:
                                  - response:p99<50ms
                                  - "failed:rate<1%"
                                keep: true
                                """)
                        .config();

        assertThat(config.connection().orElseThrow().password()).isEqualTo(Password.of("s3cret"));
        assertThat(config.load().arrival()).isEqualTo("steps:10s:100,20s:1000");
        assertThat(config.load().deadline()).isEmpty();
        assertThat(config.data().mix()).isEqualTo(Configuring.mix("insert=50,transaction=50"));
        assertThat(config.data().afterRun()).isEqualTo(AfterRun.KEEP);
        assertThat(config.output().thresholds())
                .extracting(Threshold::expression)
                .containsExactly("response:p99<50ms", "failed:rate<1%");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "arrival: closed | closed",
                "arrival: {constant: } | constant",
                "arrival: {ramp: 10..100} | ramp:10..100",
                "'arrival: {ramp: {to: 100, from: 10}}' | ramp:10..100",
                "arrival: ramp:10..100 | ramp:10..100",
            })
    void an_arrival_process_has_several_forms(String text, String arrival) {
        assertThat(scenario(text).config().load().arrival()).isEqualTo(arrival);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rat: 5 | : unknown key \"rat\"; did you mean \"rate\"?",
                "zzzzzz: 5 | : unknown key \"zzzzzz\"",
                "rate: 5\\nrate: 6 |  line 2: has the key \"rate\" twice",
                "- rate | ' line 1: is not a map; expected settings such as \"rate: 300\"'",
                "300 | ' line 1: is not a map; expected settings such as \"rate: 300\"'",
                "'' | ' line 1: is empty; expected settings such as \"rate: 300\"'",
                "rate: 5\\n---\\nrate: 6 |  line 3: holds a second document; expected one map of"
                        + " settings",
                "rate: 5\\nqueue: : 6 |  line 2: is not valid YAML (mapping values are not allowed"
                        + " here)",
                "rate: 5\\nqueue: [6 |  line 2: is not valid YAML (while parsing a flow sequence)",
                "rate: | : key \"rate\" has no value",
                "rate: [5] | : key \"rate\" is a list; expected one value",
                "rate: {a: 5} | : key \"rate\" is a map; expected one value",
                "queue: &a 5\\nworkers: *a |  line 2: uses an alias (*), which a scenario does not"
                        + " support; write the value",
                "mix: {insert: [1]} | : key \"mix\" has a part that is no plain value",
                "'arrival: {ramp: 1..2, closed: 1}' | : key \"arrival\" must name one process",
                "arrival: {ramp: {from: 1}} | : key \"arrival\": a ramp has the keys from and to",
                "threshold: []\\nthresholds: [] | : has both threshold and thresholds; keep one",
                "mix: [[[[[[[[1]]]]]]]] |  line 1: is nested too deeply or too long",
            })
    void a_mistake_is_told_in_one_line(String text, String complaint) {
        assertThat(scenario(text.replace("\\n", "\n")).refusal())
                .singleElement()
                .asString()
                .isEqualTo(
                        "scenario load.yaml"
                                + (complaint.startsWith(":") ? "" : " ")
                                + complaint.strip());
    }

    @Test
    void a_missing_scenario_is_named() {
        assertThat(new Configuring(folder).scenario(folder.resolve("no.yaml")).refusal())
                .singleElement()
                .asString()
                .startsWith("scenario \"")
                .endsWith("no.yaml\" does not exist");
    }

    @Test
    void a_large_scenario_is_refused() {
        assertThat(scenario("#".repeat(TextFile.BYTES_MAX + 1)).refusal())
                .containsExactly("scenario load.yaml: is larger than 1 MiB; is it the right file?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "steady | constant | 2m",
                "ramp | ramp:50..1500 | 3m",
                "spike | steps:30s:150,15s:1500,45s:150 | 1m30s",
                "soak | poisson | 1h"
            })
    void scenarios_of_ours_are_found_by_name(String name, String arrival, String duration) {
        Loaded loaded = new Configuring(folder).scenario(Path.of(name)).load();

        assertThat(loaded.config().load().arrival()).isEqualTo(arrival);
        assertThat(loaded.settings()).containsEntry("duration", duration);
        assertThat(Presets.names()).contains(name);
    }

    @Test
    void a_flag_is_above_a_scenario_of_ours() {
        Configuring given =
                new Configuring(folder)
                        .scenario(Path.of("soak"))
                        .flag("duration", "5m")
                        .flag("rate", "50");

        assertThat(given.config().load().duration()).hasMinutes(5);
        assertThat(given.config().load().ratePerSecond()).isEqualTo(50);
    }

    @Test
    void a_name_that_is_neither_ours_nor_a_file_is_refused() {
        assertThat(new Configuring(folder).scenario(Path.of("stedy")).refusal())
                .containsExactly("scenario \"stedy\" does not exist");
    }
}
