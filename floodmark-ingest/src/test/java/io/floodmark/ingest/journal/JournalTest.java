package io.floodmark.ingest.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.WireEvent;
import io.floodmark.ingest.flow.Events;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
    private static final int EVENTS = 60;
    private static final int PER_APPEND = 5;
    private static final int SEGMENT_BYTES = 2_000;
    private static final int DAMAGES = 120;

    @TempDir private Path folder;

    private static Journal open(Path where) {
        return Journal.open(new JournalSettings(where, 1 << 20, SEGMENT_BYTES), Clock.systemUTC());
    }

    private static List<Delivery> batch(String prefix, int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> new Delivery("shop", Events.event(prefix + i)))
                .toList();
    }

    private static void fill(Journal journal, String prefix, int count) {
        for (int i = 0; i < count; i += PER_APPEND) {
            journal.append(batch(prefix, i, PER_APPEND));
        }
    }

    private static List<String> ids(JournalReader.Chunk chunk) {
        return chunk.deliveries().stream().map(one -> one.event().id()).toList();
    }

    /// Everything that it gives out, all done.
    private static List<String> drain(Journal journal) throws InterruptedException {
        List<String> ids = new ArrayList<>();
        Optional<JournalReader.Chunk> chunk = journal.next(7, 1 << 20, Duration.ZERO);
        while (chunk.isPresent()) {
            ids.addAll(ids(chunk.get()));
            journal.done(chunk.get());
            chunk = journal.next(7, 1 << 20, Duration.ZERO);
        }
        return ids;
    }

    private static List<String> expected(String prefix, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> prefix + i).toList();
    }

    @Nested
    final class WhatIsAppended {
        @Test
        void comes_back_in_order_from_the_next_process() throws Exception {
            try (Journal journal = open(folder)) {
                fill(journal, "e", EVENTS);
                assertThat(journal.pending()).isEqualTo(EVENTS);
            }
            try (Journal journal = open(folder)) {
                assertThat(drain(journal)).isEqualTo(expected("e", 0, EVENTS));
                assertThat(journal.isEmpty()).isTrue();
                assertThat(journal.oldest()).isZero();
            }
            try (Journal journal = open(folder)) {
                assertThat(drain(journal)).isEmpty();
                assertThat(journal.quarantinedBytes()).isZero();
            }
        }

        @Test
        void is_the_same_event_with_all_that_sinks_need() throws Exception {
            byte[] json = "{\"event_id\":\"ü\"}".getBytes(StandardCharsets.UTF_8);
            var event =
                    new WireEvent(new WireEvent.Names("ü", "buy", "u-1"), 77, json, 0, json.length);
            try (Journal journal = open(folder)) {
                journal.append(List.of(new Delivery("", event), new Delivery("t", event)));
                JournalReader.Chunk chunk = journal.next(10, 1 << 20, Duration.ZERO).orElseThrow();

                assertThat(chunk.deliveries())
                        .extracting(Delivery::tenant)
                        .containsExactly("", "t");
                WireEvent back = chunk.deliveries().getFirst().event();
                assertThat(back.id()).isEqualTo("ü");
                assertThat(back.type()).isEqualTo("buy");
                assertThat(back.key()).contains("u-1");
                assertThat(back.occurredMicros()).isEqualTo(77);
                assertThat(back.json()).isEqualTo(json);
            }
        }

        @Test
        void is_given_out_again_until_it_is_done() throws Exception {
            try (Journal journal = open(folder)) {
                fill(journal, "e", EVENTS);
                JournalReader.Chunk first = journal.next(7, 1 << 20, Duration.ZERO).orElseThrow();
                journal.done(first);
                assertThat(ids(first)).isEqualTo(expected("e", 0, 7));
                assertThat(journal.next(3, 1 << 20, Duration.ZERO)).isPresent();
            }
            try (Journal journal = open(folder)) {
                assertThat(drain(journal)).isEqualTo(expected("e", 7, EVENTS));
            }
        }

        @Test
        void from_many_threads_is_all_there_each_in_its_order() throws Exception {
            try (Journal journal = open(folder);
                    ExecutorService threads = Executors.newFixedThreadPool(4)) {
                List<Future<?>> all = new ArrayList<>();
                for (String name : List.of("a", "b", "c", "d")) {
                    all.add(threads.submit(() -> fill(journal, name, EVENTS)));
                }
                for (Future<?> one : all) {
                    one.get(30, TimeUnit.SECONDS);
                }
                List<String> back = drain(journal);
                assertThat(back).hasSize(4 * EVENTS);
                for (String name : List.of("a", "b", "c", "d")) {
                    assertThat(back.stream().filter(id -> id.startsWith(name)))
                            .isEqualTo(expected(name, 0, EVENTS));
                }
            }
        }
    }

    @Nested
    final class TheLimit {
        @Test
        void refuses_until_replay_has_made_room() throws Exception {
            var settings = new JournalSettings(folder, 8_000, 1_000);
            try (Journal journal = Journal.open(settings, Clock.systemUTC())) {
                assertThatThrownBy(() -> fill(journal, "e", 10_000))
                        .isInstanceOf(JournalException.Full.class)
                        .hasMessageContaining("8000");
                assertThat(journal.bytes()).isBetween(5_000L, 8_000L);
                long taken = journal.pending();

                assertThat(drain(journal)).hasSize((int) taken);

                journal.append(batch("more", 0, PER_APPEND));
                assertThat(drain(journal)).isEqualTo(expected("more", 0, PER_APPEND));
            }
        }

        @Test
        void a_second_owner_is_refused() {
            try (Journal journal = open(folder)) {
                assertThat(journal.isEmpty()).isTrue();
                assertThatThrownBy(() -> open(folder))
                        .isInstanceOf(JournalException.Broken.class)
                        .hasMessageContaining(folder.toString());
            }
        }
    }

    /// A journal that was filled and then damaged at a random place, again and again.
    @Nested
    final class Damage {
        private final Random random = new Random(4);

        private interface Harm {
            /// Damages the bytes of the segment and returns what is left of them.
            byte[] to(byte[] bytes, int at);
        }

        /// Damages one segment of a copy at a random place.
        ///
        /// @return ids that must have survived, and those that come back
        private Result damaged(Path whole, int round, boolean lastSegment, Harm harm)
                throws Exception {
            Path copy = Files.createDirectory(folder.resolve("copy" + round));
            List<Path> segments = new ArrayList<>();
            for (Path file : files(whole)) {
                Path target = Files.copy(file, copy.resolve(file.getFileName()));
                if (target.toString().endsWith(".journal")) {
                    segments.add(target);
                }
            }
            assertThat(segments).hasSizeGreaterThan(2);
            Path victim =
                    lastSegment
                            ? segments.getLast()
                            : segments.get(random.nextInt(segments.size()));
            byte[] before = Files.readAllBytes(victim);
            byte[] after = harm.to(before.clone(), random.nextInt(before.length));
            Files.write(victim, after);
            List<String> survivors = new ArrayList<>();
            for (Path segment : segments) {
                byte[] original = segment.equals(victim) ? before : Files.readAllBytes(segment);
                survivors.addAll(untouched(original, Files.readAllBytes(segment)));
            }
            try (Journal journal = open(copy)) {
                List<String> back = drain(journal);
                assertThat(journal.isEmpty()).isTrue();
                return new Result(survivors, back, quarantined(copy));
            }
        }

        private record Result(List<String> survivors, List<String> back, long quarantined) {}

        /// Ids of the records whose bytes are as they were.
        private List<String> untouched(byte[] original, byte[] now) {
            List<String> ids = new ArrayList<>();
            int at = SegmentScan.MAGIC.length;
            Optional<JournalRecord> record = JournalRecord.decode(original, at);
            while (record.isPresent()) {
                int end = record.get().end();
                if (end <= now.length && java.util.Arrays.equals(original, at, end, now, at, end)) {
                    ids.add(record.get().delivery().event().id());
                }
                at = end;
                record = JournalRecord.decode(original, at);
            }
            return ids;
        }

        private List<Path> files(Path where) throws IOException {
            try (Stream<Path> all = Files.list(where)) {
                return all.sorted().toList();
            }
        }

        private long quarantined(Path where) throws IOException {
            Path quarantine = where.resolve("quarantine");
            long bytes = 0;
            if (Files.exists(quarantine)) {
                for (Path file : files(quarantine)) {
                    bytes += Files.size(file);
                }
            }
            return bytes;
        }

        private Path filled() throws IOException {
            Path whole = Files.createDirectory(folder.resolve("whole"));
            try (Journal journal = open(whole)) {
                fill(journal, "e", EVENTS);
            }
            return whole;
        }

        @Test
        void torn_at_any_byte_it_loses_nothing_before_and_puts_the_rest_aside() throws Exception {
            Path whole = filled();
            int quarantines = 0;
            for (int round = 0; round < DAMAGES; round++) {
                Result result =
                        damaged(
                                whole,
                                round,
                                true,
                                (bytes, at) -> java.util.Arrays.copyOf(bytes, at));
                assertThat(result.back()).as("round %d", round).isEqualTo(result.survivors());
                quarantines += result.quarantined() > 0 ? 1 : 0;
            }
            assertThat(quarantines).isGreaterThan(DAMAGES / 2);
        }

        @Test
        void with_any_byte_changed_it_loses_that_record_alone() throws Exception {
            Path whole = filled();
            for (int round = 0; round < DAMAGES; round++) {
                Result result =
                        damaged(
                                whole,
                                round,
                                false,
                                (bytes, at) -> {
                                    bytes[at] ^= (byte) (1 + random.nextInt(255));
                                    return bytes;
                                });
                assertThat(result.back()).as("round %d", round).isEqualTo(result.survivors());
                assertThat(result.back()).hasSizeGreaterThanOrEqualTo(EVENTS - 1);
                assertThat(result.quarantined()).isPositive();
            }
        }

        @Test
        void with_a_part_overwritten_it_finds_the_next_whole_record() throws Exception {
            Path whole = filled();
            for (int round = 0; round < DAMAGES; round++) {
                Result result =
                        damaged(
                                whole,
                                round,
                                false,
                                (bytes, at) -> {
                                    byte[] noise = new byte[Math.min(300, bytes.length - at)];
                                    random.nextBytes(noise);
                                    System.arraycopy(noise, 0, bytes, at, noise.length);
                                    return bytes;
                                });
                assertThat(result.back()).as("round %d", round).isEqualTo(result.survivors());
            }
        }

        @Test
        void while_it_is_read_is_skipped_and_counted() throws Exception {
            try (Journal journal = open(folder)) {
                fill(journal, "e", EVENTS);
                Path first = files(folder).getFirst();
                byte[] bytes = Files.readAllBytes(first);
                bytes[SegmentScan.MAGIC.length + 40] ^= 1;
                Files.write(first, bytes);

                assertThat(drain(journal)).isEqualTo(expected("e", 1, EVENTS));
                assertThat(journal.quarantinedBytes()).isPositive();
                assertThat(journal.isEmpty()).isTrue();
            }
        }
    }
}
