package io.floodmark.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class JsonLineTest {

    private static final Machine MACHINE = new Machine(2, "a cpu", "an os", "a jdk", 0.25);

    private static Result result(Optional<Rounds> ratios, Target target, boolean valid) {
        return new Result(
                "some.thing",
                "operations/s",
                new Rounds(List.of(6_000_000.0, 5_123_456.7, 4_000_000.0)),
                ratios,
                target,
                valid,
                new TreeMap<>(Map.of("floor", 1e7)));
    }

    private static Optional<Rounds> ratios() {
        return Optional.of(new Rounds(List.of(0.5, 0.9, 1.0 / 3)));
    }

    @Test
    void line_has_medians_the_spread_of_the_ratio_and_the_machine() {
        String line = JsonLine.of(result(ratios(), Target.valueAtLeast(5e6), true), MACHINE);

        assertThat(line)
                .isEqualTo(
                        "{\"name\":\"some.thing\",\"value\":5123500,\"unit\":\"operations/s\","
                                + "\"ratio\":0.5,\"target\":\"value >= 5000000\","
                                + "\"spread\":[0.33333,0.9],\"ok\":true,\"runs\":3,\"valid\":true,"
                                + "\"details\":{\"floor\":10000000},\"machine\":{\"cores\":2,"
                                + "\"cpu\":\"a cpu\",\"os\":\"an os\",\"jdk\":\"a jdk\","
                                + "\"load\":0.25}}");
    }

    @Test
    void without_a_ratio_the_spread_is_that_of_the_value() {
        String line = JsonLine.of(result(Optional.empty(), Target.valueAtMost(0.1), true), MACHINE);

        assertThat(line).contains("\"ratio\":null", "\"spread\":[4000000,6000000]", "\"ok\":false");
    }

    @Test
    void ratio_below_its_target_is_not_ok() {
        assertThat(result(ratios(), Target.ratioAtLeast(0.9), true).ok()).isFalse();
        assertThat(result(ratios(), Target.ratioAtLeast(0.5), true).ok()).isTrue();
    }

    @Test
    void invalid_measurement_is_not_ok_whatever_its_value() {
        assertThat(result(ratios(), Target.valueAtLeast(1), false).ok()).isFalse();
    }

    @Test
    void cpu_model_is_found_where_the_system_tells_it() {
        assertThat(Machine.model(List.of("processor\t: 0", "model name\t: Some CPU @ 3 GHz")))
                .isEqualTo("Some CPU @ 3 GHz");
        assertThat(Machine.model(List.of("processor\t: 0"))).endsWith("model unknown");
    }
}
