package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.local.LocalPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `store tune` as a user starts it.
final class StoreTuneTest {

    private static final Path CONFIGURATIONS = Path.of("..", "deploy", "postgresql");

    private static LocalPostgres server;
    private static Database database;

    @TempDir private static Path shared;
    private static CommandLines commands;

    @TempDir private Path folder;

    @BeforeAll
    static void start() throws Exception {
        server = LocalPostgres.start();
        database = Database.create(server, "tuned");
        commands = CommandLines.in(Floodmark.in(shared, database));
    }

    @AfterAll
    static void stop() throws Exception {
        commands.close();
        server.close();
    }

    private Finished tune(String... options) throws Exception {
        String[] arguments = new String[options.length + 4];
        arguments[0] = "store";
        arguments[1] = "tune";
        System.arraycopy(options, 0, arguments, 2, options.length);
        arguments[options.length + 2] = "--url";
        arguments[options.length + 3] = database.url();
        return commands.run(arguments);
    }

    @Test
    void every_setting_is_shown_with_its_value_its_recommendation_its_reason_and_what_it_needs()
            throws Exception {
        Finished tune = tune("--json", "--memory", "1GB", "--rate", "5000", "--hold-time", "2ms");

        assertThat(tune.exitCode()).as(tune.err()).isZero();
        assertThat(tune.out().strip().lines()).hasSize(1);
        JsonNode report = new ObjectMapper().readTree(tune.out());
        assertThat(report.get("settings")).hasSizeGreaterThan(30);
        assertThat(report.get("settings"))
                .allSatisfy(line -> {
                    assertThat(line.get("present").asText()).isNotEmpty();
                    assertThat(line.get("recommended").asText()).isNotEmpty();
                    assertThat(line.get("why").asText()).isNotEmpty();
                    assertThat(line.get("needs").asText()).isIn("reload", "restart");
                });
        assertThat(report.at("/pool/busy").asDouble()).isEqualTo(10);
        assertThat(report.get("in_vain")).isNotEmpty();
    }

    @Test
    void apply_and_revert_leave_the_server_as_it_was() throws Exception {
        String settings =
                "SELECT hashtext(string_agg(name || setting || source || pending_restart, ','"
                        + " ORDER BY name)) FROM pg_settings WHERE name <> 'application_name'";
        long before = database.number(settings);

        Finished planned = tune("--dry-run", "--memory", "1GB");
        assertThat(planned.out()).contains("would set random_page_cost = 1.1");
        assertThat(database.number(settings)).isEqualTo(before);

        Finished applied = tune("--apply", "--memory", "1GB", "--skip", "jit");
        assertThat(applied.exitCode()).as(applied.err()).isZero();
        assertThat(applied.out())
                .contains("random_page_cost = 1.1, in force", "floodmark store tune --revert")
                .doesNotContain("jit");
        assertThat(database.number("SELECT current_setting('random_page_cost')::float8 * 10"))
                .isEqualTo(11);

        Finished reverted = tune("--revert");
        assertThat(reverted.exitCode()).as(reverted.err()).isZero();
        assertThat(reverted.out()).contains("everything is as before");
        assertThat(database.number(settings)).isEqualTo(before);
        assertThat(tune("--revert").err()).contains("nothing was applied from here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"primary", "replica"})
    void committed_configuration_files_are_what_the_command_prints(String role) throws Exception {
        Finished printed =
                commands.run(
                        "store", "tune", "--print-conf", role, "--memory", "8GB", "--cores", "4");

        assertThat(printed.exitCode()).as(printed.err()).isZero();
        assertThat(CONFIGURATIONS.resolve(role + ".conf")).content().isEqualTo(printed.out());
    }

    @Test
    void probe_measures_the_hold_time_and_sizes_the_pool_by_it() throws Exception {
        Finished tune = tune("--json", "--rate", "10", "--probe");

        JsonNode pool = new ObjectMapper().readTree(tune.out()).get("pool");
        assertThat(pool.at("/alone/operation").asText()).isEqualTo("durable commit");
        assertThat(pool.get("hold_nanos")).isEqualTo(pool.at("/alone/mean_nanos"));
        assertThat(pool.at("/together/sessions")).isEqualTo(pool.get("connections"));
    }

    @Test
    void without_a_server_only_recommendations_are_shown() throws Exception {
        Finished tune =
                Floodmark.in(folder)
                        .with("XDG_STATE_HOME", folder.toString())
                        .run("store", "tune", "--role", "replica", "--memory", "8GB");

        assertThat(tune.exitCode()).as(tune.err()).isZero();
        assertThat(tune.out())
                .contains(
                        "no server, replica", "max_standby_streaming_delay", "No server was asked");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--memory lots | expected a size such as 512MB or 8GB, got 'lots'",
                "--memory 10MB | memory must be at least 256MB",
                "--hold-time 2ms | add --rate",
                "--rate 10 --hold-time 2ms --probe | give one of them",
                "--rate 1000000 --hold-time 1s | put several operations into one transaction",
                "--rate -1 | a rate must be above 0",
                "--cores 0 | --cores must be in 1..4096, was 0",
                "--role boss | a role is primary or replica, got 'boss'",
                "--apply --revert | mutually exclusive",
                "--schema Bad! | schema must match",
                "--revert --saved nowhere | there is no nowhere"
            })
    void mistake_is_told_in_one_sentence(String options, String sentence) throws Exception {
        tune(options.split(" ")).complainedOnce(sentence);
    }

    @Test
    void memory_of_another_machine_must_be_given() throws Exception {
        // An address of this machine that does not look like it.
        Finished tune =
                Floodmark.in(folder, database)
                        .with("DB_HOST", "0.0.0.0")
                        .with("DB_PORT", Integer.toString(server.port()))
                        .with("DB_USER", server.user())
                        .with("DB_NAME", database.name())
                        .run("store", "tune");

        tune.complainedOnce("add --memory");
    }

    @Test
    void parent_command_names_its_commands() throws Exception {
        commands.run("store").complainedOnce("store needs a command: ", "tune");
        assertThat(commands.run("store", "--help").out()).contains("tune");
        assertThat(commands.run("store", "tune", "--help").out())
                .contains("Examples:", "--print-conf", "--url")
                .doesNotContain("--workers");
    }
}
