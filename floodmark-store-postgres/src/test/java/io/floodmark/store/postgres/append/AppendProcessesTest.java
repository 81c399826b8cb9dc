package io.floodmark.store.postgres.append;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.local.LocalPostgres;
import io.floodmark.store.AppendOutcomeUnknown;
import io.floodmark.store.DeadlineExceeded;
import io.floodmark.store.Query;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.StoreUnavailable;
import io.floodmark.store.postgres.append.ContendedProcess.Halt;
import io.floodmark.store.postgres.schema.StorageSettings;
import io.floodmark.store.postgres.schema.StoreSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Several processes append to one database and are killed: the log must show no double winner, and
/// hold everything that was acknowledged.
final class AppendProcessesTest {
    private static final long WAIT_SECONDS = 120;
    private static final String ACKNOWLEDGED = "acknowledged";
    private static final int ACKNOWLEDGED_MIN = 300;

    private final LocalPostgres server = Servers.shared();
    private final StoreSettings settings = Servers.freshStore(StorageSettings.defaults());

    private final class Child implements AutoCloseable {
        private final Process process;
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();
        private final Thread reader;

        Child(Halt halt, int afterCommits) throws IOException {
            process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-Xmx128m",
                                    "-XX:+UseSerialGC",
                                    "-XX:TieredStopAtLevel=1",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    ContendedProcess.class.getName(),
                                    server.url(),
                                    server.user(),
                                    server.password(),
                                    settings.names().schema(),
                                    halt.name(),
                                    Integer.toString(afterCommits))
                            .redirectErrorStream(true)
                            .start();
            reader = Thread.ofPlatform().daemon().start(this::read);
        }

        private void read() {
            try (var output =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    lines.add(line);
                }
            } catch (IOException e) {
                lines.add("reading ended: " + e);
            }
        }

        long acknowledged() {
            return lines.stream().filter(line -> line.startsWith(ACKNOWLEDGED)).count();
        }

        /// Ends it with SIGKILL.
        void kill() throws InterruptedException {
            process.destroyForcibly();
            awaitEnd();
        }

        void awaitEnd() throws InterruptedException {
            assertThat(process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(reader.join(java.time.Duration.ofSeconds(WAIT_SECONDS))).isTrue();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    @Test
    void no_double_winner_and_nothing_lost_when_processes_are_killed() throws Exception {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        try (Child steady = new Child(Halt.NEVER, 0);
                Child before = new Child(Halt.BEFORE_COMMIT, 30 + random.nextInt(30));
                Child after = new Child(Halt.AFTER_COMMIT, 30 + random.nextInt(30));
                Child killed = new Child(Halt.NEVER, 0)) {
            awaitLines(killed, 20 + random.nextInt(50));
            killed.kill();
            before.awaitEnd();
            after.awaitEnd();
            awaitLines(steady, ACKNOWLEDGED_MIN);
            steady.kill();

            verify(List.of(steady, before, after, killed), seed);
        }
    }

    private static void awaitLines(Child child, int count) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (child.acknowledged() < count) {
            assertThat(System.nanoTime()).as("%s", child.lines).isLessThan(end);
            assertThat(child.process.isAlive()).as("%s", child.lines).isTrue();
            Thread.onSpinWait();
        }
    }

    private void verify(List<Child> children, long seed) throws Exception {
        Map<UUID, Long> positions = new HashMap<>();
        try (OpenStore store = OpenStore.open(settings);
                var stream = store.read(Query.all().everything(), Draft.TIMEOUT)) {
            List<RecordedEvent> log = stream.toList(1_000_000);
            assertThat(doubleWinners(log)).as("seed " + seed).isEmpty();
            log.forEach(it -> positions.put(it.event().id(), it.position().value()));
        }
        int acknowledged = 0;
        for (Child child : children) {
            for (String line : child.lines) {
                if (declaredFailure(line)) {
                    continue;
                }
                String[] words = line.split(" ", -1);
                assertThat(words).as(line).hasSize(3).startsWith(ACKNOWLEDGED);
                assertThat(positions)
                        .as("seed " + seed)
                        .containsEntry(UUID.fromString(words[1]), Long.parseLong(words[2]));
                acknowledged++;
            }
        }
        assertThat(acknowledged).isGreaterThan(ACKNOWLEDGED_MIN);
        assertThat(positions).hasSizeGreaterThanOrEqualTo(acknowledged);
    }

    /// Whether an append ended as a store may end it on a busy machine; it acknowledged nothing.
    private static boolean declaredFailure(String line) {
        return Stream.of(DeadlineExceeded.class, StoreUnavailable.class, AppendOutcomeUnknown.class)
                .anyMatch(failure -> line.startsWith("failed " + failure.getName() + ":"));
    }

    /// Events after whose `after` another event of their boundary came first; and gaps.
    private static List<String> doubleWinners(List<RecordedEvent> log) {
        var wrong = new ArrayList<String>();
        var last = new HashMap<String, Long>();
        long expected = 1;
        for (RecordedEvent recorded : log) {
            long position = recorded.position().value();
            if (position != expected) {
                wrong.add("gap before " + position);
            }
            expected = position + 1;
            String boundary = recorded.event().tags().iterator().next().text();
            long after =
                    Long.parseLong(recorded.event().payload().stringMember("after").orElseThrow());
            Long before = last.put(boundary, position);
            if (before != null && before > after) {
                wrong.add("%d looked after %d, but %d is there".formatted(position, after, before));
            }
        }
        return wrong;
    }
}
