package io.floodmark.load.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArrivalNotationTest {

    private static final Duration LENGTH = Duration.ofSeconds(10);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "constant               | constant, 300/s",
                "poisson                | poisson, 300/s",
                "closed                 | closed loop, no offered rate",
                "ramp:0..600            | ramp, 0/s to 600/s",
                "ramp:12.5..0           | ramp, 12.5/s to 0/s",
                "steps:10s:100          | steps, 100/s for 10.0 s",
                "steps:500ms:1,2m:0.5   | steps, 1/s for 0.5 s, 0.5/s for 120.0 s",
                "steps:1h:0,1s:7/s      | steps, 0/s for 3600.0 s, 7/s for 1.0 s",
                "'steps:1s:1, 2s:2'     | steps, 1/s for 1.0 s, 2/s for 2.0 s",
            })
    void valid_notation_is_understood(String text, String words) {
        assertThat(ArrivalNotation.parse(text, 300, LENGTH).describe()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                    | unknown process",
                "uniform               | unknown process \"uniform\"",
                "Poisson               | unknown process",
                "poisson:300           | nothing may follow the name",
                "closed:4              | nothing may follow the name",
                "ramp                  | a ramp is written",
                "ramp:10               | a ramp is written",
                "ramp:10..             | a ramp is written",
                "ramp:-1..5            | a ramp is written",
                "ramp:0..0             | one end of a ramp must be above zero",
                "ramp:1.2.3..5         | is not a number",
                "ramp:0..10000001      | above the highest rate",
                "steps:                | is not a step",
                "steps:10s             | is not a step",
                "steps:10:100          | is not a step",
                "steps:10s:100,        | is not a step",
                "steps:10s:-1          | is not a step",
                "steps:0s:100          | a step lasts more than 0 s",
                "steps:169h:1          | a step lasts more than 0 s",
                "steps:1s:0,2s:0       | at least one step needs a rate above zero",
                "steps:1s:.            | is not a number",
            })
    void invalid_notation_is_refused_with_what_is_allowed(String text, String words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArrivalNotation.parse(text, 300, LENGTH))
                .withMessageContaining(words)
                .withMessageContaining(text)
                .withMessageEndingWith(ArrivalNotation.GRAMMAR);
    }

    @Test
    void every_form_of_the_grammar_is_a_form_that_is_understood() {
        for (String form : ArrivalNotation.GRAMMAR.split(" \\| ", -1)) {
            String example = form.replace("FROM", "1").replace("TO", "2");

            assertThat(ArrivalNotation.parse(example, 300, LENGTH)).isNotNull();
        }
    }

    @Test
    void lengths_of_several_units_are_read_as_the_configuration_writes_them() {
        Pacing pacing = ArrivalNotation.parse("steps:1m30s:5,1s500ms:2", 1, Duration.ofSeconds(1));

        assertThat(pacing.describe()).isEqualTo("steps, 5/s for 90.0 s, 2/s for 1.5 s");
    }
}
