package io.floodmark.bench.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.bench.harness.CommandRun;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Settings in miniature: those that need no server of half a minute.
final class SettingsBenchTest {

    private static CommandRun run(String... sweeps) {
        String[] arguments = new String[sweeps.length + 3];
        arguments[0] = "--json";
        arguments[1] = "--runs=2";
        arguments[2] = "--seconds=0.1";
        System.arraycopy(sweeps, 0, arguments, 3, sweeps.length);
        return CommandRun.of(new SettingsBench(), arguments);
    }

    @Test
    void each_value_has_a_valid_line_and_its_ratio_to_the_first() throws Exception {
        CommandRun run = run("parser", "objects=pooled,new");

        assertThat(run.exitCode()).as(run.err()).isZero();
        List<JsonNode> results = run.results();
        assertThat(results)
                .extracting(result -> result.get("name").asText())
                .containsExactly(
                        "settings.parser.ours",
                        "settings.parser.jackson",
                        "settings.parser.walk",
                        "settings.objects.pooled",
                        "settings.objects.new");
        assertThat(results).allMatch(result -> result.get("valid").asBoolean());
        assertThat(results.getFirst().get("ratio").asDouble()).isEqualTo(1);
    }

    @Test
    void writing_into_postgresql_is_tried_with_every_event_stored() throws Exception {
        CommandRun run = run("writers=1", "reconnect=1", "batch-age=5");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.results()).hasSize(3).allMatch(result -> result.get("valid").asBoolean());
    }

    @Test
    void what_is_no_setting_or_no_value_is_told_in_one_line() {
        assertThat(run("speed").err()).contains("there is no setting speed");
        CommandRun value = run("parser=gson");
        assertThat(value.exitCode()).isEqualTo(1);
        assertThat(value.err()).contains("gson is none, allowed: ours, jackson, walk");
    }
}
