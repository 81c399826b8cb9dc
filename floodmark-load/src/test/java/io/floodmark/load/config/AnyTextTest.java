package io.floodmark.load.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.load.threshold.Threshold;
import io.floodmark.load.threshold.ThresholdSyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is typed, the answer is a configuration or lines for a person: no stray exception.
final class AnyTextTest {

    private static final String ALPHABET =
            "ab19 \t\n\r\0:=,.%/@?&#'\"\\{}[]()<>*!|-_$+~\u00e9\ud83d\ufeff";
    private static final List<String> SAMPLES =
            List.of(
                    "postgres://u:p%40@[::1]:5432/d?sslmode=require",
                    "steps:10s:100,20s:1k/s",
                    "ramp:10..100",
                    "insert=63,update=27,read=10",
                    "1h30m",
                    "20/m",
                    "response{insert}:p(99.9)<50ms");
    private static final String YAML =
            "rate: 300\nmix: {insert: 50, read: 50}\nthresholds:\n  - 'lag:max<5ms'\n";
    private static final String DOT_ENV = "export RATE=5 # c\nDB_PASSWORD='a!b;c$d e'\nA=\"\\n\"\n";

    @TempDir private Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void settings_take_or_refuse_it(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            String text = mutated(SAMPLES.get(random.nextInt(SAMPLES.size())), random);
            Configuring given = new Configuring(folder);
            Settings.names().forEach(name -> given.flag(name, text));
            requireLines(given);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void files_are_taken_or_refused(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            requireLines(
                    new Configuring(folder)
                            .scenario(mutated(YAML, random).replace('\ud83d', 'x'))
                            .dotEnv(mutated(DOT_ENV, random).replace('\ud83d', 'x')));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void thresholds_are_parsed_or_refused(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            String text = mutated(SAMPLES.getLast(), random);
            try {
                assertThat(Threshold.parse(text).expression()).isEqualTo(text.strip());
            } catch (ThresholdSyntaxException problem) {
                assertThat(problem.position()).isBetween(1, text.length() + 1);
                assertThat(problem.getMessage()).hasLineCount(1);
            }
        }
    }

    private static void requireLines(Configuring given) {
        try {
            assertThat(given.load().values()).hasSize(Settings.ALL.size());
        } catch (ConfigurationException refusal) {
            assertThat(refusal.lines())
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).hasLineCount(1));
        }
    }

    /// Up to four characters replaced, inserted or removed.
    private static String mutated(String text, Random random) {
        StringBuilder mutant = new StringBuilder(text);
        for (int count = random.nextInt(5); count > 0 && !mutant.isEmpty(); count--) {
            int index = random.nextInt(mutant.length());
            char other = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            switch (random.nextInt(3)) {
                case 0 -> mutant.setCharAt(index, other);
                case 1 -> mutant.insert(index, other);
                default -> mutant.deleteCharAt(index);
            }
        }
        return mutant.toString();
    }
}
