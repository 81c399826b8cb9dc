package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.local.LocalPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Mistakes and misfortunes before a run: exit code 1, one line that says what and what next, and
/// nothing is touched.
final class BadInputTest {

    private static final String SECRET = "hush-7f3a!c$ret";

    private static LocalPostgres server;

    @TempDir private static Path shared;
    private static CommandLines commands;

    @TempDir private Path folder;

    @BeforeAll
    static void start() throws Exception {
        server = LocalPostgres.start();
        commands =
                CommandLines.in(
                        Floodmark.in(shared)
                                .with("DB_PASSWORD", SECRET)
                                .with("XDG_STATE_HOME", shared.resolve("state").toString()));
    }

    @AfterAll
    static void stop() throws Exception {
        commands.close();
        server.close();
    }

    /// A command line and what the user is told.
    record Mistake(List<String> arguments, List<String> words) {
        static Mistake of(String arguments, String... words) {
            return new Mistake(List.of(arguments.split(" ", -1)), List.of(words));
        }

        @Override
        public String toString() {
            return String.join(" ", arguments);
        }
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                Mistake.of("run --rat 5", "unknown option --rat", "did you mean --rate?"),
                Mistake.of("run --password " + SECRET, "no --password", "set DB_PASSWORD"),
                Mistake.of("run --mix insert=50,read=20", "--mix", "50 + 20 = 70", "100 percent"),
                Mistake.of("run --rate -5", "rate: \"-5\"", "more than 0"),
                Mistake.of("run --workers 99999999999", "workers", "1 to 10,000"),
                Mistake.of("run --duration 0s", "duration: \"0s\"", "1s to 7d"),
                Mistake.of(
                        "run --workload tabel", "no \"tabel\"", "allowed: events, ingest, table"),
                Mistake.of("run --threshold response:p98<1ms", "position 10", "p99"),
                Mistake.of("run --scenario none.yaml", "none.yaml", "does not exist"),
                Mistake.of("run --queue-policy skip-late --deadline none", "skip-late", "deadline"),
                Mistake.of(
                        "ingest --sink kafkaa",
                        "'kafkaa' is none, allowed: postgres, kafka, clickhouse"),
                Mistake.of(
                        "ingest --sink kafka --local --port 9090",
                        "--port belongs to --sink postgres, events go to kafka",
                        "the service's own port is --listen-port"),
                Mistake.of(
                        "ingest --topic t",
                        "--topic belongs to --sink kafka, events go to postgres"),
                Mistake.of(
                        "ingest --sink kafka --local --clickhouse-user u",
                        "--clickhouse-user belongs to --sink kafka with --clickhouse"),
                Mistake.of(
                        "ingest --sink kafka --local --dedup-days 3",
                        "--dedup-days belongs to --sink postgres, events go to kafka"),
                Mistake.of("ingest --dedup-days 0", "must be 1 to 366", "0"),
                Mistake.of("ingest --breaker-failures 0", "its percent 1 to 100", "0"),
                Mistake.of("ingest --sink kafka --local --topic a/b", "topic's name", "a/b"),
                Mistake.of(
                        "ingest --sink clickhouse --local --clickhouse-database a-b",
                        "database of letters",
                        "a-b"),
                Mistake.of("ingest replay --sink kafka --local --topic a/b", "topic's name", "a/b"),
                Mistake.of(
                        "ingest audit --sink clickhouse --local --clickhouse-database a-b f",
                        "database of letters",
                        "a-b"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistake_gets_one_line(Mistake mistake) throws Exception {
        Finished run =
                commands.run(mistake.arguments().toArray(String[]::new))
                        .complainedOnce(mistake.words().toArray(String[]::new));

        assertThat(run.err()).doesNotContain(SECRET);
    }

    static Stream<Mistake> servers() {
        return Stream.of(
                Mistake.of("postgresql://u@127.0.0.1:1/x", "nothing listens on port 1"),
                Mistake.of("postgresql://u@no-such-host.invalid/x", "'no-such-host.invalid'"),
                Mistake.of("postgresql://postgres@HERE/postgres", "password", "is wrong"));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void unusable_server_gets_one_line(Mistake unusable) throws Exception {
        String url = unusable.toString().replace("HERE", "127.0.0.1:" + server.port());

        Finished run =
                Floodmark.in(folder)
                        .with("DB_PASSWORD", SECRET)
                        .run("run", "--url", url)
                        .complainedOnce(unusable.words().toArray(String[]::new))
                        .complainedOnce("cannot use PostgreSQL at ");

        assertThat(run.err()).doesNotContain(SECRET);
    }

    @Test
    void missing_database_is_named() throws Exception {
        Database missing = new Database(server, "nowhere");

        Floodmark.in(folder, missing)
                .runOn(missing)
                .complainedOnce("there is no database 'nowhere'", "DB_NAME");
    }

    @Test
    void demanded_tls_that_is_not_offered_is_refused() throws Exception {
        Database database = new Database(server, "postgres");

        Floodmark.in(folder, database)
                .runOn(database, "--ssl-mode", "require")
                .complainedOnce("SSL mode 'require'", "the server offers none");
    }

    @Test
    void mix_in_the_environment_must_add_up_too() throws Exception {
        Floodmark.in(folder)
                .with("INSERT_PERCENT", "50")
                .with("UPDATE_PERCENT", "10")
                .with("READ_PERCENT", "10")
                .run("run")
                .complainedOnce("INSERT_PERCENT", "50 + 10 + 10 = 70");
    }

    @Test
    void unknown_key_of_a_scenario_gets_the_nearest_name() throws Exception {
        Files.writeString(folder.resolve("peak.yaml"), "rat: 5\n");

        Floodmark.in(folder)
                .run("run", "--scenario", "peak.yaml")
                .complainedOnce("peak.yaml", "unknown key \"rat\"", "did you mean \"rate\"?");
    }

    @Test
    void file_in_the_place_of_the_output_folder_is_told() throws Exception {
        Files.writeString(folder.resolve("taken"), "");
        Database database = new Database(server, "postgres");

        Floodmark.in(folder, database)
                .runOn(database, "--out", "taken")
                .complainedOnce("/taken cannot be written", "a file of that name", "--out");
    }

    @Test
    void table_of_somebody_else_is_not_touched() throws Exception {
        Database database = Database.create(server, "foreign_table");
        database.execute("CREATE TABLE load_test_data (mine int)");
        database.execute("INSERT INTO load_test_data VALUES (1)");

        Floodmark.in(folder, database)
                .runOn(database, "--yes")
                .refusedWith(
                        5, "load_test_data", "is not ours", "choose another --table (TABLE_NAME)");

        assertThat(database.number("SELECT mine FROM load_test_data")).isOne();
    }
}
