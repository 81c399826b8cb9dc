package io.floodmark.load.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.load.engine.QueuePolicy;
import io.floodmark.load.postgres.Password;
import io.floodmark.load.threshold.Threshold;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigLoaderTest {

    @TempDir private Path folder;
    private Configuring given;

    @BeforeEach
    void begin() {
        given = new Configuring(folder);
    }

    @Nested
    final class Defaults {

        private static RunConfig.Data usualData() {
            return new RunConfig.Data(
                    "load_test_data",
                    10,
                    10,
                    Configuring.mix("insert=63,update=27,read=10"),
                    10_000,
                    AfterRun.DROP_UNLESS_KEPT);
        }

        private static RunConfig.Ingest usualIngest() {
            return new RunConfig.Ingest(
                    Configuring.mix("single=20,batch=80"),
                    Optional.empty(),
                    Password.none(),
                    new RunConfig.Traffic(
                            100, 10_000, new Skew.Zipf(1), 0, false, Duration.ofMillis(500)),
                    "floodmark_load",
                    Optional.empty(),
                    AfterRun.DROP_UNLESS_KEPT);
        }

        @Test
        void nothing_given_means_the_embedded_server_and_the_documented_defaults() {
            RunConfig config = given.config();

            assertThat(config)
                    .isEqualTo(
                            new RunConfig(
                                    Optional.empty(),
                                    new RunConfig.Pool(50, 50, 5),
                                    new RunConfig.Load(
                                            "events",
                                            300,
                                            "poisson",
                                            Duration.ofSeconds(30),
                                            50,
                                            100,
                                            QueuePolicy.REJECT,
                                            Optional.of(Duration.ofSeconds(1)),
                                            4711,
                                            true),
                                    usualData(),
                                    new RunConfig.Events(
                                            Configuring.mix(
                                                    "lend=40,return=40,add=5,remove=5,register=5,read=5"),
                                            new RunConfig.Library(20_000, 5_000, 10),
                                            new RunConfig.Contention(10, 4, 5),
                                            ReadFrom.PRIMARY,
                                            Optional.empty(),
                                            "floodmark_load",
                                            AfterRun.DROP_UNLESS_KEPT),
                                    usualIngest(),
                                    new RunConfig.Output(
                                            Path.of("floodmark-runs"),
                                            List.of(),
                                            false,
                                            Duration.ofSeconds(1)),
                                    false));
        }

        @Test
        void connections_follow_the_workers() {
            RunConfig config = given.flag("workers", "7").config();

            assertThat(config.pool()).isEqualTo(new RunConfig.Pool(7, 7, 5));
        }

        @Test
        void every_setting_is_resolved_once_in_the_order_of_the_list() {
            assertThat(given.load().values())
                    .extracting(Resolved::name)
                    .containsExactlyElementsOf(Settings.names());
        }

        @Test
        void every_setting_with_a_default_shows_it() {
            assertThat(given.load().values())
                    .filteredOn(value -> value.value().isEmpty())
                    .extracting(Resolved::name)
                    .containsExactly(
                            "url",
                            "host",
                            "port",
                            "user",
                            "password",
                            "database",
                            "ssl-mode",
                            "batch-size",
                            "read-batch-size",
                            "table",
                            "seed-rows",
                            "replica",
                            "service",
                            "api-key",
                            "batch",
                            "users",
                            "skew",
                            "invalid",
                            "gzip",
                            "slow-time",
                            "acked-file",
                            "threshold");
        }
    }

    @Nested
    final class Precedence {

        @Test
        void the_scenario_beats_the_default() {
            Loaded loaded = given.scenario("workers: 4").load();

            assertThat(Configuring.resolved(loaded, "workers"))
                    .isEqualTo(
                            new Resolved(
                                    "workers",
                                    "4",
                                    new Source.ScenarioKey("load.yaml", "workers")));
        }

        @Test
        void the_env_file_beats_the_scenario() {
            Loaded loaded = given.scenario("rate: 4").dotEnv("\n\nRATE=5\n").load();

            assertThat(Configuring.resolved(loaded, "rate").value()).isEqualTo("5/s");
            assertThat(Configuring.resolved(loaded, "rate").source().label())
                    .isEqualTo(".env file line 3 RATE");
        }

        @Test
        void the_environment_beats_the_env_file() {
            Loaded loaded = given.dotEnv("RATE=5").environment("RATE", "6").load();

            assertThat(loaded.config().load().ratePerSecond()).isEqualTo(6);
            assertThat(Configuring.resolved(loaded, "rate").source().label())
                    .isEqualTo("environment RATE");
        }

        @Test
        void the_flag_beats_everything() {
            Loaded loaded =
                    given.scenario("rate: 4")
                            .dotEnv("RATE=5")
                            .environment("RATE", "6")
                            .flag("rate", "7/m")
                            .load();

            assertThat(loaded.config().load().ratePerSecond()).isEqualTo(7 / 60.0);
            assertThat(Configuring.resolved(loaded, "rate").source().label())
                    .isEqualTo("flag --rate");
        }

        @Test
        void an_empty_variable_counts_as_not_set() {
            assertThat(given.environment("RATE", "").config().load().ratePerSecond())
                    .isEqualTo(300);
        }

        @Test
        void percentages_are_joined_across_environment_and_env_file() {
            Loaded loaded =
                    given.dotEnv("INSERT_PERCENT=70\nUPDATE_PERCENT=30\nREAD_PERCENT=0")
                            .environment("INSERT_PERCENT", "60")
                            .environment("READ_PERCENT", "10")
                            .load();

            assertThat(loaded.config().data().mix())
                    .isEqualTo(Configuring.mix("insert=60,update=30,read=10"));
            assertThat(Configuring.resolved(loaded, "mix").source().label())
                    .isEqualTo(
                            "environment INSERT_PERCENT, .env file line 2 UPDATE_PERCENT,"
                                    + " environment READ_PERCENT");
        }

        @Test
        void percentages_left_out_are_zero_when_one_is_given() {
            assertThat(given.environment("READ_PERCENT", "100").config().data().mix())
                    .isEqualTo(Configuring.mix("read=100"));
        }

        @Test
        void the_later_of_keep_and_drop_in_rank_is_overruled() {
            assertThat(given.scenario("drop: true").flag("keep").config().data().afterRun())
                    .isEqualTo(AfterRun.KEEP);
            assertThat(
                            new Configuring(folder)
                                    .flag("drop")
                                    .scenario("keep: true")
                                    .config()
                                    .data()
                                    .afterRun())
                    .isEqualTo(AfterRun.DROP);
        }

        @Test
        void saying_not_to_keep_is_saying_to_drop() {
            assertThat(given.scenario("keep: false").config().data().afterRun())
                    .isEqualTo(AfterRun.DROP);
        }

        @Test
        void a_seed_is_drawn_only_when_none_is_given() {
            assertThat(given.flag("seed", "-9223372036854775808").config().load().seed())
                    .isEqualTo(Long.MIN_VALUE);
        }

        @Test
        void thresholds_of_the_highest_source_hold() {
            RunConfig config =
                    given.scenario("thresholds: ['lag:max<5ms']")
                            .flag("threshold", "response:p99<50ms", "failed:rate<1%")
                            .config();

            assertThat(config.output().thresholds())
                    .extracting(Threshold::expression)
                    .containsExactly("response:p99<50ms", "failed:rate<1%");
        }
    }

    @Nested
    final class Refusals {

        @Test
        void all_invalid_values_are_told_together() {
            given.flag("rate", "-5").environment("CONCURRENT_WRITERS", "many");
            given.dotEnv("BATCH_SIZE=0").scenario("queue: 0\nrat: 1");

            assertThat(given.refusal())
                    .containsExactly(
                            "scenario load.yaml: unknown key \"rat\"; did you mean \"rate\"?",
                            "workers: \"many\" from environment CONCURRENT_WRITERS is not a whole"
                                    + " number: expected 1 to 10,000",
                            "rate: \"-5\" from flag --rate is out of range: more than 0 and at"
                                    + " most 10,000,000 operations per second",
                            "queue: \"0\" from scenario load.yaml key queue is out of range: 1 to"
                                    + " 1,000,000",
                            "batch-size: \"0\" from .env file line 1 BATCH_SIZE is out of range:"
                                    + " 1 to 5,000 rows");
        }

        @Test
        void the_arithmetic_of_a_mix_is_shown() {
            given.environment("INSERT_PERCENT", "70").environment("UPDATE_PERCENT", "20");

            assertThat(given.refusal())
                    .containsExactly(
                            "mix: \"insert=70,update=20,read=0\" from environment INSERT_PERCENT,"
                                    + " environment UPDATE_PERCENT does not add up to 100 percent:"
                                    + " 70 + 20 + 0 = 90");
        }

        @Test
        void a_closed_loop_has_no_rate() {
            assertThat(given.flag("arrival", "closed").environment("RATE", "5").refusal())
                    .containsExactly(
                            "rate 5/s from environment RATE contradicts arrival closed from flag"
                                    + " --arrival: a closed loop has no rate; leave one of them"
                                    + " out");
        }

        @Test
        void ramps_and_steps_carry_their_rates_and_steps_their_lengths() {
            given.flag("arrival", "steps:1s:5").flag("rate", "5").flag("duration", "9s");

            assertThat(given.refusal())
                    .containsExactly(
                            "rate 5/s from flag --rate contradicts arrival steps:1s:5 from flag"
                                    + " --arrival: this arrival process carries its own rates;"
                                    + " leave one of them out",
                            "duration 9s from flag --duration contradicts arrival steps:1s:5 from"
                                    + " flag --arrival: steps carry their own lengths; leave one"
                                    + " of them out");
            assertThat(new Configuring(folder).flag("arrival", "ramp:1..2").flag("rate", "1"))
                    .satisfies(ramp -> assertThat(ramp.refusal()).hasSize(1));
        }

        @Test
        void steps_decide_how_long_the_run_is() {
            RunConfig config = given.flag("arrival", "steps:10s:100, 20s:6k/m").config();

            assertThat(config.load().duration()).isEqualTo(Duration.ofSeconds(30));
            assertThat(config.load().arrival()).isEqualTo("steps:10s:100,20s:100");
        }

        @Test
        void idle_connections_are_at_most_all_connections() {
            given.environment("DB_MAX_OPEN_CONNS", "5").environment("DB_MAX_IDLE_CONNS", "6");

            assertThat(given.refusal())
                    .containsExactly(
                            "idle-connections 6 from environment DB_MAX_IDLE_CONNS is more than"
                                    + " max-connections 5 from environment DB_MAX_OPEN_CONNS;"
                                    + " lower the first or raise the second");
        }

        @Test
        void skipping_late_arrivals_needs_a_deadline() {
            assertThat(given.flag("queue-policy", "skip-late").flag("deadline", "none").refusal())
                    .containsExactly(
                            "queue-policy skip-late from flag --queue-policy needs a deadline, but"
                                    + " there is deadline none from flag --deadline");
        }

        @Test
        void keep_and_drop_exclude_each_other_in_one_source() {
            assertThat(given.flag("keep").flag("drop").refusal())
                    .containsExactly(
                            "keep true from flag --keep contradicts drop true from flag --drop;"
                                    + " leave one of them out");
        }

        @Test
        void a_value_given_twice_is_refused() {
            assertThat(given.flag("workers", "1", "2").refusal())
                    .containsExactly(
                            "workers: flag --workers is given 2 times; give it once: 1 to 10,000");
        }

        @Test
        void an_unknown_flag_is_refused_with_the_nearest_one() {
            assertThat(given.flag("worker", "1").refusal())
                    .containsExactly("unknown flag \"--worker\"; did you mean \"--workers\"?");
        }

        @Test
        void a_mistyped_threshold_is_refused_before_the_run() {
            assertThat(given.flag("threshold", "response:p42<50ms").refusal())
                    .containsExactly(
                            "threshold: \"response:p42<50ms\" from flag --threshold breaks at"
                                    + " position 10: expected p50, p90, p95, p99, p99.9, med, avg"
                                    + " or max; for example response:p99<50ms");
        }
    }
}
