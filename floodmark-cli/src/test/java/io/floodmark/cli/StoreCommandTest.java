package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.local.LocalPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `floodmark store` as its users start it, on a real server.
final class StoreCommandTest {
    private static final LocalPostgres SERVER = LocalPostgres.start();
    private static int databases;

    /// They close the standard output when they have printed, so they need a process of their own.
    private static final Set<String> PRINT_EVENTS = Set.of("read", "tail", "export");

    @TempDir private static Path shared;
    private static CommandLines commands;

    @TempDir private Path folder;
    private Database database = new Database(SERVER, "postgres");
    private Floodmark program = Floodmark.in(Path.of("."));

    @BeforeAll
    static void start() throws Exception {
        Database any = new Database(SERVER, "postgres");
        commands = CommandLines.in(Floodmark.in(shared, any).with("DATABASE_URL", any.url()));
    }

    @AfterAll
    static void stop() throws Exception {
        commands.close();
        SERVER.close();
    }

    @BeforeEach
    void create(TestInfo test) throws Exception {
        database = Database.create(SERVER, "store" + databases++);
        program =
                Floodmark.in(folder, database)
                        .with("DATABASE_URL", database.url())
                        .with("XDG_STATE_HOME", folder.resolve("state").toString());
    }

    private Finished store(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("store"));
        all.addAll(List.of(arguments));
        if (PRINT_EVENTS.contains(arguments[0])) {
            return program.run(all.toArray(String[]::new));
        }
        all.addAll(List.of("--url", database.url()));
        return commands.run(all.toArray(String[]::new));
    }

    private Finished ok(String... arguments) throws Exception {
        Finished done = store(arguments);
        assertThat(done.exitCode()).as(done.err()).isZero();
        return done;
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    @Nested
    class OneStore {

        @BeforeEach
        void init() throws Exception {
            assertThat(ok("init").out()).contains("ready: layout 1");
        }

        private void twoEvents() throws Exception {
            ok("append", "--type=BookAdded", "--tag=book=42", "--payload={\"title\": \"Emma\"}");
            lend("--json");
        }

        private Finished lend(String more) throws Exception {
            return store(
                    "append",
                    "--type=BookLent",
                    "--tag=book=42",
                    "--tag=reader=7",
                    "--payload=@" + Files.writeString(folder.resolve("p.json"), "{\"days\":14}"),
                    "--fail-if-types=BookLent",
                    "--fail-if-tags=book=42",
                    "--after=1",
                    more);
        }

        @Test
        void an_append_whose_condition_fails_stores_nothing() throws Exception {
            assertThat(ok("append", "--type", "BookAdded").out()).contains("stored at position 1");
            JsonNode lent = json(lend("--json").out());
            assertThat(lent.get("first").asLong()).isEqualTo(2);

            Finished again = lend("--metadata={}");

            assertThat(again.exitCode()).isEqualTo(3);
            assertThat(again.err()).contains("BookLent at position 2", "nothing was stored");
            assertThat(ok("read", "--json").out().lines()).hasSize(2);
        }

        @Test
        void events_are_found_by_type_tag_payload_time_and_position() throws Exception {
            twoEvents();

            assertThat(ok("read").out()).contains("BookAdded", "book=42 reader=7");
            List<String> lines =
                    ok("read", "--tag", "book=42", "--type", "BookLent", "--json")
                            .out()
                            .lines()
                            .toList();
            assertThat(lines).hasSize(1);
            assertThat(json(lines.getFirst()).at("/payload/days").asInt()).isEqualTo(14);
            assertThat(ok("read", "--payload-any", "title=Emma", "--json").out().lines())
                    .hasSize(1);
            assertThat(ok("read", "--from", "2099-01-01T00:00:00Z", "--json").out()).isEmpty();
            assertThat(ok("read", "--after", "1", "--json").out().lines()).hasSize(1);
            assertThat(ok("read", "--limit", "1", "--json").err()).contains("there are more");
        }

        @Test
        void what_there_is_is_counted_and_checked() throws Exception {
            twoEvents();

            JsonNode stats = json(ok("stats", "--json").out());
            assertThat(stats.get("head").asLong()).isEqualTo(2);
            assertThat(stats.get("conditions").asLong()).isEqualTo(1);
            assertThat(stats.get("types")).hasSize(2);
            assertThat(ok("stats").out()).contains("BookLent", "events       2");
            assertThat(ok("verify").out()).contains("2 of 2 events", "nothing is wrong");
        }

        @Test
        void tail_keeps_its_place_and_ends_in_order() throws Exception {
            ok("append", "--type", "A");
            ok("append", "--type", "B");

            assertThat(ok("tail", "--name", "mails", "--limit", "1", "--json").out())
                    .contains("\"type\":\"A\"")
                    .doesNotContain("\"type\":\"B\"");
            try (Running tail = program.start("store", "tail", "--name", "mails", "--json")) {
                Await.until(
                        "the second event is printed",
                        () -> Files.readString(tail.outFile()).contains("\"type\":\"B\""));
                ok("append", "--type", "C");
                Await.until(
                        "the new event is printed",
                        () -> Files.readString(tail.outFile()).contains("\"type\":\"C\""));
                tail.signal("INT");
                Finished done = tail.finish();
                assertThat(done.exitCode()).as(done.err()).isEqualTo(130);
                assertThat(done.out().lines()).hasSize(2);
            }
            assertThat(json(ok("stats", "--json").out()).at("/subscriptions/0/position").asLong())
                    .isEqualTo(3);
        }

        @Test
        void a_log_moves_to_another_store() throws Exception {
            Path file = folder.resolve("log.ndjson");
            StringBuilder lines = new StringBuilder();
            for (int number = 1; number <= 2_500; number++) {
                lines.append(
                        "{\"id\":\"0197f3a0-0000-7000-8000-%012d\",\"type\":\"T\",\"tags\":[\"n=%d\"],\"payload\":{\"n\": %d}}\n"
                                .formatted(number, number, number));
            }
            Path given = Files.writeString(folder.resolve("given.ndjson"), lines);
            assertThat(ok("import", given.toString()).err()).contains("imported 2,500 events");
            assertThat(ok("import", given.toString()).err())
                    .contains("imported 0 events; 2,500 were there already");
            ok("export", "--out", file.toString());
            ok("init", "--schema", "copy");

            ok("import", "--schema", "copy", file.toString());
            ok("export", "--schema", "copy", "--out", folder.resolve("copy.ndjson").toString());

            assertThat(withoutRecordedAt(folder.resolve("copy.ndjson")))
                    .isEqualTo(withoutRecordedAt(file))
                    .hasSize(2_500);
            assertThat(ok("verify", "--schema", "copy").out()).contains("nothing is wrong");
            assertThat(store("export", "--out", file.toString()).exitCode()).isEqualTo(1);
            ok("export", "--continue", "--out", file.toString());
            assertThat(Files.readAllLines(file)).hasSize(2_500);
        }

        private List<String> withoutRecordedAt(Path file) throws Exception {
            return Files.readAllLines(file).stream()
                    .map(line -> line.replaceFirst(",\"recordedAt\":\"[^\"]*\"", ""))
                    .toList();
        }

        @Test
        void bad_lines_are_named_and_nothing_is_imported() throws Exception {
            Path file =
                    Files.writeString(
                            folder.resolve("bad.ndjson"),
                            "{\"id\":\"0197f3a0-0000-7000-8000-000000000001\",\"type\":\"T\"}\nnonsense\n{}\n");

            Finished refused = store("import", file.toString());

            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err()).contains("line 2: ", "line 3: ", "2 bad lines");
            assertThat(json(ok("stats", "--json").out()).get("head").asLong()).isZero();
        }

        @Test
        void every_kind_of_damage_is_found() throws Exception {
            for (String reader : List.of("1", "2", "3", "4")) {
                ok(
                        "append",
                        "--type",
                        "BookLent",
                        "--tag",
                        "reader=" + reader,
                        "--fail-if-types",
                        "BookLent",
                        "--fail-if-tags",
                        "reader=" + reader);
            }
            assertThat(ok("verify").out()).contains("4 recorded conditions decided again");
            database.execute("UPDATE floodmark.events SET tags = '{reader=1}' WHERE position = 3");
            database.execute(
                    "UPDATE floodmark.append_condition SET after = 0, query ="
                            + " (SELECT query FROM floodmark.append_condition WHERE first = 1) WHERE first = 4");
            database.execute("DELETE FROM floodmark.events WHERE position = 2");

            Finished wrong = store("verify", "--json");

            assertThat(wrong.exitCode()).isEqualTo(3);
            List<String> kinds = new ArrayList<>();
            json(wrong.out())
                    .get("findings")
                    .forEach(it -> kinds.add(it.get("kind").asText() + it.get("position")));
            assertThat(kinds)
                    .contains(
                            "gap2", "double_winner4", "unindexed3", "stray_index3", "stray_index2");
            assertThat(store("verify").out()).contains("✗ positions 2 to 2 are missing");
        }

        @Test
        void the_log_is_served_to_the_suite_of_dcb_events() throws Exception {
            try (Running serving = program.start("store", "serve-dcb", "--listen-port", "0")) {
                serving.awaitError("serving on http://127.0.0.1:");
                serving.signal("TERM");
                assertThat(serving.finish().exitCode()).isEqualTo(130);
            }
        }
    }

    @Nested
    class Mistakes {

        @Test
        void without_tables_the_next_step_is_named() throws Exception {
            store("read").complainedOnce("no event store in schema 'floodmark'");
        }

        @Test
        void without_a_server_the_next_step_is_named() throws Exception {
            Floodmark.in(folder)
                    .with("XDG_STATE_HOME", folder.resolve("state").toString())
                    .run("store", "read")
                    .complainedOnce("--url", "floodmark local up");
        }

        @Test
        void a_server_that_does_not_answer_is_named() throws Exception {
            Floodmark.in(folder)
                    .with("DB_PASSWORD", "secret")
                    .run("store", "read", "--host", "127.0.0.1", "--port", "1", "--user", "someone")
                    .complainedOnce("127.0.0.1:1", "refused");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "store",
                    "store read --after 1 --from 2026-01-01T00:00:00Z",
                    "store read --from yesterday",
                    "store read --payload-any title",
                    "store read --limit -1",
                    "store append --type T --payload [1]",
                    "store append --type T --payload {",
                    "store append --tag a=b",
                    "store append --type T --after 3",
                    "store export --continue",
                    "store init --schema Bad-Name",
                    "store stats --types -1",
                })
        void are_one_line(String line) throws Exception {
            Finished refused = commands.run(line.split(" ", -1));

            refused.complainedOnce("floodmark: ");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "init",
                    "append",
                    "read",
                    "tail",
                    "stats",
                    "verify",
                    "export",
                    "import",
                    "serve-dcb"
                })
        void every_command_has_help_with_examples_and_exit_codes(String command) throws Exception {
            assertThat(ok(command, "--help").out())
                    .contains("Examples:", "floodmark store " + command, "Exit codes:");
        }
    }
}
