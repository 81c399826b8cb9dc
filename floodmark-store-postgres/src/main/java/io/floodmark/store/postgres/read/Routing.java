package io.floodmark.store.postgres.read;

import io.floodmark.store.Consistency;
import io.floodmark.store.Position;
import io.floodmark.store.StoreException;
import io.floodmark.store.StoreUnavailable;
import io.floodmark.store.observe.AnsweredBy;
import io.floodmark.store.postgres.observe.Footprint;
import io.floodmark.store.postgres.schema.ReadSettings;
import io.floodmark.store.postgres.session.Deadline;
import io.floodmark.store.postgres.session.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which server answers a read: the primary, or a replica that has seen enough.
///
/// Positions have no gaps and follow the order of commits, so that a server whose head is at least
/// `p` has seen all that had happened at `p`. A replica that is late, slow or gone never fails a
/// read: the primary answers in its place. *Threads:* for all.
public final class Routing {
    private static final Logger LOG = LoggerFactory.getLogger(Routing.class);

    /// Between two looks at the head of a server that is not yet where it must be.
    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

    private final Server primary;
    private final List<Server> replicas;
    private final ReadSettings settings;
    private final HedgeBudget hedges;
    private final AtomicInteger turn = new AtomicInteger();

    /// Routing between these servers.
    Routing(Server primary, List<Server> replicas, ReadSettings settings) {
        this.primary = primary;
        this.replicas = List.copyOf(replicas);
        this.settings = settings;
        this.hedges = new HedgeBudget(settings.hedgeShare());
    }

    /// What a server said, with its head at that moment, read by the same statement.
    ///
    /// @param <T> the answer
    public record Seen<T>(Position head, T value) {}

    /// An answer and who gave it.
    record Answer<T>(Server server, Position head, T value) {}

    Server primary() {
        return primary;
    }

    /// Asks a server that is fresh enough.
    <T> Answer<T> ask(
            String what, Consistency consistency, Deadline deadline, Sessions.Work<Seen<T>> work) {
        Answer<T> answer = askAny(what, consistency, deadline, work);
        Footprint.current().answeredBy(role(answer.server()));
        return answer;
    }

    /// What a listener is told of the server.
    AnsweredBy role(Server server) {
        return server == primary ? AnsweredBy.PRIMARY : AnsweredBy.REPLICA;
    }

    private <T> Answer<T> askAny(
            String what, Consistency consistency, Deadline deadline, Sessions.Work<Seen<T>> work) {
        return switch (consistency) {
            case Consistency.Strong() -> askOnce(primary, what, deadline, work);
            case Consistency.Eventual() ->
                    new Question<>(what, Position.START, deadline, work).ask();
            case Consistency.AtLeast(Position position) ->
                    new Question<>(what, position, deadline, work).ask();
        };
    }

    private static <T> Answer<T> askOnce(
            Server server, String what, Deadline deadline, Sessions.Work<Seen<T>> work) {
        Seen<T> seen = server.sessions().read(what, deadline, work);
        return new Answer<>(server, seen.head(), seen.value());
    }

    /// A usable replica other than `not`; they take turns.
    private Optional<Server> replica(@Nullable Server not) {
        int first = Math.floorMod(turn.getAndIncrement(), Math.max(1, replicas.size()));
        return IntStream.range(0, replicas.size())
                .mapToObj(i -> replicas.get((first + i) % replicas.size()))
                .filter(server -> server != not && server.isUsable())
                .findFirst();
    }

    /// One read that a replica may answer.
    private final class Question<T> {
        private final String what;
        private final Position least;
        private final Deadline deadline;
        private final Sessions.Work<Seen<T>> work;

        Question(String what, Position least, Deadline deadline, Sessions.Work<Seen<T>> work) {
            this.what = what;
            this.least = least;
            this.deadline = deadline;
            this.work = work;
        }

        Answer<T> ask() {
            deadline.check(what);
            hedges.earn();
            Optional<Server> first = replica(null);
            if (first.isEmpty()) {
                return askPrimary();
            }
            try (var race = new Race<Answer<T>>()) {
                race.start(() -> askReplica(first.get()));
                return settle(race, first.get());
            } catch (InterruptedException e) {
                throw Deadline.cancelled(what);
            }
        }

        /// Waits for the replica; hedges when it is slow; asks the primary when it failed, or when
        /// half of the time is over.
        private Answer<T> settle(Race<Answer<T>> race, Server first) throws InterruptedException {
            Deadline half = deadline.atMost(Duration.ofNanos(deadline.remainingNanos() / 2));
            Race.Outcome<Answer<T>> outcome =
                    race.poll(half.atMost(settings.hedgeAfter()).remainingNanos());
            if (outcome == null && hedges.take()) {
                Optional<Server> second = replica(first);
                LOG.debug(
                        "the {} is slow; another server is asked as well: {}",
                        first.sessions().server(),
                        what);
                race.start(second.isPresent() ? () -> askReplica(second.get()) : this::askPrimary);
            }
            if (outcome == null) {
                outcome = race.poll(half.remainingNanos());
            }
            return switch (outcome) {
                case Race.Outcome.Answered<Answer<T>>(Answer<T> answer) -> answer;
                case Race.Outcome.Failed<Answer<T>>(RuntimeException e) -> {
                    logFallback(first, e.getClass().getSimpleName());
                    yield askPrimary();
                }
                case null -> {
                    logFallback(first, "half of the time is over");
                    race.start(this::askPrimary);
                    yield firstAnswer(race);
                }
            };
        }

        private void logFallback(Server first, String why) {
            LOG.debug(
                    "the {} gave no answer ({}); the primary is asked: {}",
                    first.sessions().server(),
                    why,
                    what);
        }

        private Answer<T> firstAnswer(Race<Answer<T>> race) throws InterruptedException {
            RuntimeException failure = deadline.exceeded(what);
            while (true) {
                Race.Outcome<Answer<T>> outcome = race.poll(deadline.remainingNanos());
                switch (outcome) {
                    case Race.Outcome.Answered<Answer<T>>(Answer<T> answer) -> {
                        return answer;
                    }
                    case Race.Outcome.Failed<Answer<T>>(RuntimeException e) -> failure = e;
                    case null -> throw failure;
                }
            }
        }

        private Answer<T> askReplica(Server replica) {
            try {
                return askUntilSeen(replica, deadline.atMost(settings.replicaWait()));
            } catch (StoreUnavailable e) {
                replica.failed();
                throw e;
            }
        }

        private Answer<T> askPrimary() {
            return askUntilSeen(primary, deadline);
        }

        /// @param patience how long the server may take to see the position
        private Answer<T> askUntilSeen(Server server, Deadline patience) {
            while (true) {
                Answer<T> answer = askOnce(server, what, deadline, work);
                if (!answer.head().isBefore(least)) {
                    return answer;
                }
                if (patience.hasPassed()) {
                    throw tooOld(server, answer.head());
                }
                pause();
            }
        }

        private StoreException tooOld(Server server, Position head) {
            return deadline.exceeded(
                    "%s: the %s has position %s, wanted is %s"
                            .formatted(what, server.sessions().server(), head, least));
        }

        private void pause() {
            try {
                boolean never =
                        new Semaphore(0).tryAcquire(LOOK_AGAIN.toNanos(), TimeUnit.NANOSECONDS);
                if (never) {
                    throw new AssertionError("nobody releases this");
                }
            } catch (InterruptedException e) {
                throw Deadline.cancelled(what);
            }
        }
    }
}
