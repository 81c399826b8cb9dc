package io.floodmark.load.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which workload settings mean when nobody names it, and which of them contradict each other.
final class WorkloadReaderTest {

    @TempDir private Path folder;
    private Configuring given;

    @BeforeEach
    void begin() {
        given = new Configuring(folder);
    }

    private String workload() {
        return given.config().load().workload();
    }

    @Nested
    final class The_workload_is {

        @Test
        void events_when_nothing_is_given() {
            assertThat(workload()).isEqualTo("events");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "BATCH_SIZE=100",
                    "READ_BATCH_SIZE=10",
                    "TABLE_NAME=load_test_data",
                    "INSERT_PERCENT=100",
                    "READ_PERCENT=100"
                })
        void table_when_a_variable_of_the_table_is_set(String line) {
            given.dotEnv(line);

            assertThat(workload()).isEqualTo("table");
            assertThat(Configuring.resolved(given.load(), "workload").source().label())
                    .contains(line.substring(0, line.indexOf('=')));
        }

        @Test
        void table_when_a_flag_of_the_table_or_its_kinds_of_operation_are_given() {
            assertThat(given.flag("seed-rows", "5").config().load().workload()).isEqualTo("table");
            assertThat(new Configuring(folder).flag("mix", "insert=100").config().load().workload())
                    .isEqualTo("table");
        }

        @Test
        void ingest_when_a_setting_of_it_alone_is_given_and_a_schema_beside_it_is_its() {
            given.flag("invalid", "5").flag("schema", "mine");

            assertThat(workload()).isEqualTo("ingest");
            assertThat(given.config().ingest().schema()).isEqualTo("mine");
            assertThat(given.config().events().schema()).isEqualTo("floodmark_load");
        }

        @Test
        void events_when_only_a_schema_is_given_which_ingest_has_too() {
            assertThat(given.flag("schema", "mine").config().load().workload()).isEqualTo("events");
            assertThat(given.config().events().schema()).isEqualTo("mine");
        }

        @Test
        void ingest_when_a_running_service_is_named_whose_schema_is_its_own() {
            given.environment("INGEST_URL", "http://127.0.0.1:8080");
            given.environment("INGEST_API_KEY", "fm_secret");

            assertThat(workload()).isEqualTo("ingest");
            assertThat(given.config().ingest().schema()).isEqualTo("floodmark");
            assertThat(given.config().ingest().apiKey().reveal()).isEqualTo("fm_secret");
            assertThat(given.load().settings().values()).noneMatch(v -> v.contains("fm_secret"));
        }

        @Test
        void events_when_a_mix_fits_both() {
            assertThat(given.flag("mix", "read=100").config().load().workload())
                    .isEqualTo("events");
        }

        @Test
        void that_of_the_higher_source() {
            given.dotEnv("BATCH_SIZE=100\nINSERT_PERCENT=100").flag("books", "50");

            assertThat(workload()).isEqualTo("events");
            assertThat(given.config().events().library().books()).isEqualTo(50);
            assertThat(given.load().notices())
                    .containsExactly(
                            "the workload is events; of no effect are batch-size (.env file line 1"
                                    + " BATCH_SIZE), mix (.env file line 2 INSERT_PERCENT)");
        }

        @Test
        void the_one_that_is_named_whatever_variables_linger() {
            given.environment("BATCH_SIZE", "100").environment("UPDATE_PERCENT", "100");
            given.flag("workload", "events");

            assertThat(workload()).isEqualTo("events");
            assertThat(given.config().events().mix().percent("lend")).isEqualTo(40);
            assertThat(Configuring.resolved(given.load(), "batch-size").value()).isEmpty();
        }
    }

    @Nested
    final class Refused_are {

        @Test
        void flags_of_another_workload_than_the_named_one() {
            assertThat(given.flag("workload", "events").flag("batch-size", "7").refusal())
                    .containsExactly(
                            "batch-size from flag --batch-size belongs to the workload table, but"
                                    + " the workload is events; leave it out, or say --workload"
                                    + " table");
        }

        @Test
        void a_mix_of_another_workload_than_the_named_one() {
            assertThat(given.flag("workload", "table").flag("mix", "lend=100").refusal())
                    .singleElement()
                    .asString()
                    .startsWith("mix from flag --mix belongs to the workload events");
        }

        @Test
        void a_schema_of_the_workload_that_has_none() {
            assertThat(given.flag("workload", "table").flag("schema", "mine").refusal())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "schema from flag --schema belongs to the workload events, ingest,");
        }

        @Test
        void keys_of_two_workloads_in_one_scenario() {
            assertThat(given.scenario("books: 5\nbatch-size: 5").refusal())
                    .singleElement()
                    .asString()
                    .startsWith("batch-size from scenario load.yaml key batch-size belongs to");
        }

        @Test
        void reads_from_a_replica_that_nobody_names() {
            given.flag("url", "postgresql://u@db/x").flag("read-from", "replica");

            assertThat(given.refusal())
                    .singleElement()
                    .asString()
                    .contains("--replica HOST[:PORT]");
            assertThat(given.flag("replica", "db2:5433").config().events().replica())
                    .contains(new HostAndPort("db2", 5433));
        }

        @Test
        void a_replica_without_a_server() {
            assertThat(given.flag("replica", "db2").refusal())
                    .singleElement()
                    .asString()
                    .startsWith("replica names a server, but there is no server");
        }
    }
}
