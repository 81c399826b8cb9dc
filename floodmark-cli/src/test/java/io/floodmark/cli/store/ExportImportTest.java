package io.floodmark.cli.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.Event;
import io.floodmark.store.EventStore;
import io.floodmark.store.Json;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.Tag;
import io.floodmark.store.memory.InMemoryEventStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines out of a store and into one: nothing lost, nothing twice, also when it broke off.
final class ExportImportTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MANY = 2_500;

    private final EventStore source = new InMemoryEventStore();
    private final EventStore target = new InMemoryEventStore();

    @TempDir private Path folder;

    @AfterEach
    void close() {
        source.close();
        target.close();
    }

    private void fill(int count) {
        for (int start = 0; start < count; start += 500) {
            source.append(
                    IntStream.range(start, Math.min(count, start + 500))
                            .mapToObj(number ->
                                    Event.of(
                                            "Type" + number % 3,
                                            Json.of("{\"n\":%d}".formatted(number)),
                                            Tag.of("n", "" + number)))
                            .toList(),
                    AppendCondition.none(),
                    TIMEOUT);
        }
    }

    private static Progress quiet() {
        return new Progress("moved", _ -> {}, () -> 0);
    }

    private byte[] exported() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Exporter(source, TIMEOUT, quiet(), () -> false)
                .run(Query.all().everything(), Long.MAX_VALUE, out);
        return out.toByteArray();
    }

    private Importer.Result load(byte[] lines) throws IOException {
        return new Importer(target, TIMEOUT, quiet(), () -> false)
                .run(new Lines(new ByteArrayInputStream(lines)), OptionalLong.empty());
    }

    private static List<RecordedEvent> all(EventStore store) {
        return store.read(Query.all().everything(), TIMEOUT).toList(10_000);
    }

    private static List<Event> events(EventStore store) {
        return all(store).stream().map(RecordedEvent::event).toList();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Nested
    class AWholeLog {

        @Test
        void comes_back_in_order_with_ids_times_and_positions() throws IOException {
            fill(MANY);

            Importer.Result result = load(exported());

            assertThat(result.stored()).isEqualTo(MANY);
            assertThat(result.moved()).isZero();
            assertThat(events(target)).isEqualTo(events(source));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{ \"a\" : [ 1.50, -0e3 ] }",
                    "{\"a\":1,\"a\":2}",
                    "{\n  \"a\": 1\r\n}",
                    "  {\"a\":1}",
                    "{\"a\":1} ",
                    "{\"ü\":\"\\u00fc 😀 \\n \\\" \\\\\"}",
                })
        void payload_and_metadata_keep_their_bytes(String json) throws IOException {
            source.append(
                    List.of(
                            Event.draft("T")
                                    .payload(Json.of(json))
                                    .metadata(Json.of(json))
                                    .tags(List.of(new Tag("quote \" and ü"), new Tag("plain")))
                                    .build()),
                    AppendCondition.none(),
                    TIMEOUT);

            byte[] lines = exported();
            load(lines);

            assertThat(new String(lines, StandardCharsets.UTF_8).lines()).hasSize(1);
            assertThat(events(target)).isEqualTo(events(source));
        }

        @Test
        void can_be_imported_again_without_effect() throws IOException {
            fill(MANY);
            load(exported());

            Importer.Result again = load(exported());

            assertThat(again.stored()).isZero();
            assertThat(again.present()).isEqualTo(MANY);
            assertThat(events(target)).isEqualTo(events(source));
        }

        @Test
        void is_completed_whatever_part_is_there_already() throws IOException {
            fill(MANY);
            List<String> lines = new String(exported(), StandardCharsets.UTF_8).lines().toList();
            load(utf8(String.join("\n", lines.subList(0, 1_234)) + "\n"));

            Importer.Result result = load(exported());

            assertThat(result.present()).isEqualTo(1_234);
            assertThat(result.stored()).isEqualTo(MANY - 1_234);
            assertThat(events(target)).isEqualTo(events(source));
        }

        @Test
        void a_stop_leaves_whole_batches_and_the_rest_can_follow() throws IOException {
            fill(MANY);
            AtomicInteger asked = new AtomicInteger();

            Importer.Result stopped =
                    new Importer(target, TIMEOUT, quiet(), () -> asked.incrementAndGet() > 1_500)
                            .run(
                                    new Lines(new ByteArrayInputStream(exported())),
                                    OptionalLong.empty());

            assertThat(stopped.stopped()).isTrue();
            assertThat(stopped.stored()).isEqualTo(1_000);
            load(exported());
            assertThat(events(target)).isEqualTo(events(source));
        }

        @Test
        void into_a_store_with_other_events_moves_and_says_so() throws IOException {
            fill(3);
            target.append(
                    List.of(Event.of("Other", Json.EMPTY_OBJECT)), AppendCondition.none(), TIMEOUT);

            assertThat(load(exported()).moved()).isEqualTo(3);
        }
    }

    @Nested
    class ABadLine {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"type\":\"T\"} | id",
                    "{\"id\":\"1\",\"type\":\"T\"} | UUID",
                    "{\"id\":\"%s\"} | type",
                    "{\"id\":\"%s\",\"type\":\"T\",\"extra\":1} | unknown member \"extra\"",
                    "{\"id\":\"%s\",\"type\":\"T\",\"type\":\"T\"} | \"type\" is there twice",
                    "{\"id\":\"%s\",\"type\":\"T\"} {} | more after the end",
                    "{\"id\":\"%s\",\"type\":\"T\",\"payload\":[]} | object",
                    "{\"id\":\"%s\",\"type\":\"T\",\"payload\":{},\"payloadText\":\"{}\"} | second time",
                    "{\"id\":\"%s\",\"type\":\"T\",\"tags\":[\"a\",\"a\"]} | twice",
                    "{\"id\":\"%s\",\"type\":\"T\",\"occurredAt\":\"yesterday\"} | yesterday",
                    "{\"id\":\"%s\",\"type\":\"T\",\"position\":1} | out of order",
                    "{\"id\":\"%s\",\"type\":\"T\",\"pay | not JSON",
                    "nonsense | not JSON",
                })
        void is_named_and_ends_the_import_with_all_before_it_stored(String line, String words)
                throws IOException {
            fill(2);
            String bad = line.formatted("0197f3a0-0000-7000-8000-000000000001");
            byte[] lines = utf8(new String(exported(), StandardCharsets.UTF_8) + "\n" + bad + "\n");

            Importer.Result result = load(lines);

            assertThat(result.bad().orElseThrow().getMessage()).contains("line 4: ", words);
            assertThat(events(target)).isEqualTo(events(source));
            assertThat(LineCheck.of(new Lines(new ByteArrayInputStream(lines))))
                    .satisfies(check -> {
                        assertThat(check.events()).isEqualTo(2);
                        assertThat(check.badCount()).isEqualTo(1);
                        assertThat(check.bad().getFirst().number()).isEqualTo(4);
                    });
        }

        @Test
        void at_the_end_of_a_broken_file_is_called_cut_off() throws IOException {
            fill(2);
            byte[] lines = exported();

            LineCheck check =
                    LineCheck.of(new Lines(new ByteArrayInputStream(lines, 0, lines.length - 10)));

            assertThat(check.bad().getFirst().getMessage()).contains("line 2: cut off");
        }

        @Test
        void that_is_too_long_is_one_bad_line() throws IOException {
            String lines = "x".repeat(Lines.LINE_BYTES_MAX + 1) + "\n{}\n";

            LineCheck check = LineCheck.of(new Lines(new ByteArrayInputStream(utf8(lines))));

            assertThat(check.bad()).extracting(BadLine::number).containsExactly(1L, 2L);
        }
    }

    @Nested
    class AFileThatBrokeOff {

        private Position continued(Path path) throws IOException {
            try (ExportFile file = ExportFile.open(path)) {
                Position start = file.resume(source, Position.START, TIMEOUT);
                new Exporter(source, TIMEOUT, quiet(), () -> false)
                        .run(Query.all().after(start), Long.MAX_VALUE, file.out());
                return start;
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 100, 5_000, 77_777, 1_000_000})
        void is_continued_after_its_last_complete_line(int bytes) throws IOException {
            fill(MANY);
            byte[] whole = exported();
            Path path = folder.resolve("log.ndjson");
            Files.write(path, List.of());
            Files.write(path, java.util.Arrays.copyOf(whole, Math.min(bytes, whole.length)));

            continued(path);

            assertThat(Files.readAllBytes(path)).isEqualTo(whole);
        }

        @Test
        void takes_what_is_new_when_it_was_complete() throws IOException {
            fill(10);
            Path path = folder.resolve("log.ndjson");
            Files.write(path, exported());
            fill(5);

            assertThat(continued(path)).isEqualTo(Position.of(10));
            assertThat(Files.readAllBytes(path)).isEqualTo(exported());
        }

        @Test
        void of_another_store_is_refused_and_left_as_it_is() throws IOException {
            fill(3);
            Path path = folder.resolve("log.ndjson");
            try (EventStore other = new InMemoryEventStore()) {
                other.append(
                        List.of(Event.of("Other", Json.EMPTY_OBJECT)),
                        AppendCondition.none(),
                        TIMEOUT);
                ByteArrayOutputStream lines = new ByteArrayOutputStream();
                new Exporter(other, TIMEOUT, quiet(), () -> false)
                        .run(Query.all().everything(), Long.MAX_VALUE, lines);
                lines.write(utf8("partial"));
                Files.write(path, lines.toByteArray());
            }
            byte[] before = Files.readAllBytes(path);

            assertThatThrownBy(() -> continued(path))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not exported from this store");
            assertThat(Files.readAllBytes(path)).isEqualTo(before);
        }

        @ParameterizedTest
        @ValueSource(strings = {"some notes\n", "{\"type\":\"T\"}\n"})
        void that_is_no_export_is_refused_and_left_as_it_is(String text) throws IOException {
            Path path = Files.writeString(folder.resolve("log.ndjson"), text);

            assertThatThrownBy(() -> continued(path))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no export that can be continued");
            assertThat(path).hasContent(text);
        }
    }

    @Nested
    class Telling {

        @Test
        void rate_and_time_left_come_once_a_second() throws IOException {
            fill(4);
            List<String> said = new ArrayList<>();
            AtomicInteger calls = new AtomicInteger();
            Progress progress =
                    new Progress(
                            "exported", said::add, () -> calls.getAndIncrement() * 500_000_000L);

            new Exporter(source, TIMEOUT, progress, () -> false)
                    .run(Query.all().everything(), Long.MAX_VALUE, new ByteArrayOutputStream());

            assertThat(said)
                    .containsExactly(
                            "exported 2 events, 2/s, 50 %, 1 s left",
                            "exported 4 events, 2/s, 100 %, 0 s left");
        }
    }
}
