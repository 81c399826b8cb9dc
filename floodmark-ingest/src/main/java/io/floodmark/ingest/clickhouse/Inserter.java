package io.floodmark.ingest.clickhouse;

import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Rejection;
import io.floodmark.ingest.metrics.ClickHouseMetrics;
import io.floodmark.store.TimeAndChance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings rows into the events' table once, however often that has to be tried.
///
/// A repetition carries the token of the first try, and ClickHouse drops it if that one got
/// through. Token and rows are not written in one step there, so that a crash between the two
/// leaves a token without its rows or rows without their token. Therefore, after a try whose end
/// nobody saw, the table itself is asked for the rows' mark: before a repetition, and after it.
/// When rows are missing although the token is known, they go again under another token. Rows that
/// then are there twice are one event by their tenant and `event_id`. *Threads:* for one.
final class Inserter {
    private static final Logger LOG = LoggerFactory.getLogger(Inserter.class);

    private static final Outcome POSTPONED =
            new Outcome.Unknown("its batch was refused, and is being tried in parts");

    private final ClickHouseHttp http;
    private final ClickHouseTables tables;
    private final InsertSettings settings;
    private final ClickHouseMetrics metrics;
    private final TimeAndChance source;

    Inserter(
            ClickHouseHttp http,
            InsertSettings settings,
            ClickHouseMetrics metrics,
            TimeAndChance source) {
        this.http = http;
        this.tables = new ClickHouseTables(http);
        this.settings = settings;
        this.metrics = metrics;
        this.source = source;
    }

    /// Inserts the rows and says what became of each, in their order: stored, rejected, or, when
    /// ClickHouse was away for longer than the patience, not taken or unknown.
    ///
    /// @param repeated whether an earlier insert of this piece may have got through
    List<Outcome> insert(Piece piece, boolean repeated) {
        return insert(piece, repeated, new Progress());
    }

    /// The same, going on from what earlier calls for this piece found out.
    List<Outcome> insert(Piece piece, boolean repeated, Progress progress) {
        long end = source.nanos().getAsLong() + settings.patience().toNanos();
        return insert(piece, new Doubt(repeated), new Course(progress, end));
    }

    /// What all parts of a piece share.
    ///
    /// @param end when the patience is over
    private record Course(Progress progress, long end) {}

    /// What is not known of the tries so far.
    private static final class Doubt {
        private boolean rowsMayBeThere;
        private boolean tokenMayBeKnown;
        private int again;

        Doubt(boolean repeated) {
            rowsMayBeThere = repeated;
            tokenMayBeKnown = repeated;
        }

        void raise() {
            rowsMayBeThere = true;
            tokenMayBeKnown = true;
        }

        void nextToken() {
            again++;
            tokenMayBeKnown = false;
        }
    }

    private List<Outcome> insert(Piece piece, Doubt doubt, Course course) {
        Optional<List<Outcome>> known = course.progress().of(piece);
        if (known.isPresent()) {
            return known.get();
        }
        List<Outcome> outcomes =
                course.progress().isRefused(piece)
                        ? halves(piece, course)
                        : whole(piece, doubt, course);
        course.progress().ended(piece, outcomes);
        return outcomes;
    }

    private List<Outcome> whole(Piece piece, Doubt doubt, Course course) {
        while (true) {
            if (doubt.rowsMayBeThere && look(piece) == Look.THERE) {
                metrics.stored(piece.rows().size());
                return all(piece, new Outcome.Stored());
            }
            Answer answer = send(piece, doubt.again);
            switch (answer) {
                case Answer.Done _ -> {
                    Look there = doubt.tokenMayBeKnown ? look(piece) : Look.THERE;
                    if (there == Look.THERE) {
                        metrics.stored(piece.rows().size());
                        return all(piece, new Outcome.Stored());
                    }
                    if (there == Look.MISSING) {
                        LOG.warn("token {} is known without its rows", piece.token(doubt.again));
                        doubt.nextToken();
                    }
                }
                case Answer.Refused refused when refused.blamesTheRow() -> {
                    return refused(piece, refused, course);
                }
                case Answer.Refused refused -> notNow(refused, doubt);
                case Answer.Unreached unreached ->
                        LOG.warn("rows wait for ClickHouse: {}", unreached.sentence());
                case Answer.Lost lost -> {
                    LOG.warn("an insert's end is unknown: {}", lost.sentence());
                    doubt.raise();
                }
            }
            if (over(course.end())) {
                return all(piece, open(doubt, answer));
            }
        }
    }

    private void notNow(Answer.Refused refused, Doubt doubt) {
        LOG.warn("ClickHouse refused an insert, code {}: {}", refused.code(), refused.sentence());
        if (!refused.beforeInserting()) {
            doubt.raise();
        }
        if (refused.noTable()) {
            tables.make();
        }
    }

    private static Outcome open(Doubt doubt, Answer last) {
        String reason =
                switch (last) {
                    case Answer.Done _ -> "ClickHouse does not say whether it is there";
                    case Answer.Refused(int code, _) -> "ClickHouse refuses, code " + code;
                    case Answer.Unreached _ -> "ClickHouse is not reached";
                    case Answer.Lost _ -> "ClickHouse did not answer";
                };
        return doubt.rowsMayBeThere ? new Outcome.Unknown(reason) : new Outcome.NotTaken(reason);
    }

    /// Whether the patience is over; waits a little when it is not.
    private boolean over(long end) {
        if (Thread.currentThread().isInterrupted() || source.nanos().getAsLong() - end > 0) {
            return true;
        }
        LockSupport.parkNanos(this, settings.pause().toNanos());
        return false;
    }

    private List<Outcome> refused(Piece piece, Answer.Refused reason, Course course) {
        if (piece.rows().size() == 1) {
            return List.of(bury(piece, reason, course.end()));
        }
        course.progress().refused(piece);
        return halves(piece, course);
    }

    private List<Outcome> halves(Piece piece, Course course) {
        List<Outcome> outcomes = new ArrayList<>(piece.rows().size());
        // Unknown from the start: what refused the whole, a view for instance, may have let a part
        // of it through.
        for (Piece half : List.of(piece.firstHalf(), piece.secondHalf())) {
            boolean late = source.nanos().getAsLong() - course.end() > 0;
            if (late && course.progress().of(half).isEmpty()) {
                course.progress().postpone(half);
                outcomes.addAll(all(half, POSTPONED));
            } else {
                outcomes.addAll(insert(half, new Doubt(true), course));
            }
        }
        return outcomes;
    }

    private Outcome bury(Piece piece, Answer.Refused reason, long end) {
        DeadLetter letter = DeadLetter.of(piece.rows().getFirst(), reason);
        while (!bury(letter, piece.name())) {
            if (over(end)) {
                return new Outcome.Unknown("refused, and not yet with the dead letters");
            }
        }
        return new Outcome.Rejected(
                new Rejection(
                        Rejection.Code.POISON,
                        "",
                        0,
                        "ClickHouse refused it (code %d); it lies with the dead letters"
                                .formatted(reason.code())));
    }

    /// Keeps a dead letter; false when that was not possible now.
    ///
    /// @param name the same for the same letter
    boolean bury(DeadLetter letter, String name) {
        Answer answer =
                http.insert(
                        tables.insertDeadLetter(),
                        parameters(name + "/dead"),
                        RowBinary.letter(letter));
        switch (answer) {
            case Answer.Done _ -> {
                metrics.buried();
                return true;
            }
            case Answer.Refused refused -> {
                LOG.warn("a dead letter was refused: {}", refused.sentence());
                if (refused.noTable()) {
                    tables.make();
                }
                return false;
            }
            case Answer.Unreached _, Answer.Lost _ -> {
                return false;
            }
        }
    }

    private Answer send(Piece piece, int again) {
        long start = source.nanos().getAsLong();
        Answer answer =
                http.insert(
                        tables.insertEvents(),
                        parameters(piece.token(again)),
                        RowBinary.events(piece.rows(), piece.mark()));
        metrics.insert(answer.label(), source.nanos().getAsLong() - start);
        return answer;
    }

    /// Batches are gathered here, so ClickHouse must not gather them a second time; and a server
    /// that we gave up is to give up too.
    private Map<String, String> parameters(String token) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("insert_deduplication_token", token);
        parameters.put("insert_deduplicate", "1");
        parameters.put("deduplicate_blocks_in_dependent_materialized_views", "1");
        parameters.put("async_insert", "0");
        parameters.put("wait_end_of_query", "1");
        parameters.put("max_execution_time", Long.toString(settings.answer().toSeconds() + 1));
        return parameters;
    }

    private enum Look {
        THERE,
        MISSING,
        NO_ANSWER
    }

    private Look look(Piece piece) {
        metrics.looked();
        return switch (http.run(tables.countMarked(), piece.place())) {
            case Answer.Done(String text) ->
                    text.equals(Integer.toString(piece.different())) ? Look.THERE : Look.MISSING;
            // Without a table the rows are not there.
            case Answer.Refused refused -> refused.noTable() ? Look.MISSING : Look.NO_ANSWER;
            case Answer.Unreached _, Answer.Lost _ -> Look.NO_ANSWER;
        };
    }

    private static List<Outcome> all(Piece piece, Outcome outcome) {
        return Collections.nCopies(piece.rows().size(), outcome);
    }
}
