package io.floodmark.store.postgres.append;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Event;
import io.floodmark.store.Json;
import io.floodmark.store.Position;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.StoreException;
import io.floodmark.store.Tag;
import io.floodmark.store.postgres.schema.StoreNames;
import io.floodmark.store.postgres.schema.StoreSettings;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/// A process of its own that appends to boundaries that others contend for, until it is killed or
/// its standard input ends.
///
/// Each event says after which position its condition looked, so that the log itself shows every
/// double winner. Each acknowledgement is a line `acknowledged <id> <position>` on standard output,
/// printed before the next append.
final class ContendedProcess {
    static final int BOUNDARIES = 4;
    private static final int CALLERS = 4;

    private ContendedProcess() {}

    /// When the process halts itself.
    enum Halt {
        NEVER,
        /// Between the decision and the commit.
        BEFORE_COMMIT,
        /// Between the commit and its acknowledgement.
        AFTER_COMMIT
    }

    /// Arguments: URL, user, password, schema, [Halt], after how many commits.
    public static void main(String[] args) throws Exception {
        DataSource connections = Servers.connections(args[0], args[1], args[2]);
        StoreSettings settings = StoreSettings.defaults().with(new StoreNames(args[3], ""));
        CommitHook hook = new Halting(Halt.valueOf(args[4]), Integer.parseInt(args[5]));
        var output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (OpenStore store =
                OpenStore.open(
                        hook.on(connections),
                        connections,
                        settings,
                        EngineLimits.of(settings.append()))) {
            for (int i = 0; i < CALLERS; i++) {
                Thread.ofPlatform().daemon().start(() -> appendForever(store, output));
            }
            while (System.in.read() >= 0) {
                // Lives as long as its parent wants.
            }
        }
    }

    private record Halting(Halt halt, int afterCommits, AtomicInteger commits)
            implements CommitHook {
        Halting(Halt halt, int afterCommits) {
            this(halt, afterCommits, new AtomicInteger());
        }

        @Override
        public void before(Connection connection) {
            haltIf(Halt.BEFORE_COMMIT, commits.incrementAndGet());
        }

        @Override
        public void after(Connection connection) {
            haltIf(Halt.AFTER_COMMIT, commits.get());
        }

        private void haltIf(Halt moment, int count) {
            if (halt == moment && count >= afterCommits) {
                Runtime.getRuntime().halt(137);
            }
        }
    }

    private static void appendForever(OpenStore store, PrintStream output) {
        while (true) {
            String boundary = "b" + ThreadLocalRandom.current().nextInt(BOUNDARIES);
            try {
                long after = lastOf(store, boundary);
                Event event = event(boundary, after);
                AppendCondition condition = Draft.unlessLent(boundary, after);
                if (store.append(List.of(event), condition, Draft.TIMEOUT)
                        instanceof AppendResult.Appended(Position first, var _)) {
                    output.println("acknowledged " + event.id() + " " + first);
                }
            } catch (StoreException | IllegalStateException e) {
                output.println("failed " + e);
            }
        }
    }

    private static long lastOf(OpenStore store, String boundary) {
        try (var events = store.read(Draft.book(boundary).everything(), Draft.TIMEOUT)) {
            List<RecordedEvent> all = events.toList(1_000_000);
            return all.isEmpty() ? 0 : all.getLast().position().value();
        }
    }

    private static Event event(String boundary, long after) {
        return Event.of(
                "Lent", Json.of("{\"after\":\"%d\"}".formatted(after)), Tag.of("BookID", boundary));
    }
}
