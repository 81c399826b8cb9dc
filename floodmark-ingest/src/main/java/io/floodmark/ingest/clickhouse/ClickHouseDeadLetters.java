package io.floodmark.ingest.clickhouse;

import io.floodmark.ingest.replay.DeadLetter;
import io.floodmark.ingest.replay.DeadLetters;
import io.floodmark.ingest.replay.DeadLettersUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// The dead letters in ClickHouse, of the sink and of the way there from Kafka: those that are
/// there when this is opened.
///
/// Which of them were replayed stands in a table beside theirs, `ingest_dead_letters_replayed`, as
/// rows are not changed there. An event that is refused again is a new letter, and the old one is
/// marked. *Threads:* for one.
public final class ClickHouseDeadLetters implements DeadLetters {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int PAGE_MAX = 100;

    private final ClickHouseHttp http;
    private final ClickHouseRows query;
    private final ClickHouseTables tables;
    private String youngest = "0";

    private ClickHouseDeadLetters(ClickHouseAddress address) {
        this.http = new ClickHouseHttp(address, ANSWER);
        this.query = new ClickHouseRows(address);
        this.tables = new ClickHouseTables(http);
    }

    /// Makes the table of what was replayed where it is missing.
    ///
    /// @throws DeadLettersUnavailable when that is not possible
    public static ClickHouseDeadLetters open(ClickHouseAddress address) {
        ClickHouseDeadLetters letters = new ClickHouseDeadLetters(address);
        letters.run(letters.tables.replayed(), Map.of(), "the table of replayed letters");
        letters.look();
        return letters;
    }

    private void look() {
        try {
            query.read(tables.youngestLetter(), Map.of(), columns -> youngest = columns.getFirst());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static DeadLettersUnavailable unreadable(IOException cause) {
        return new DeadLettersUnavailable(
                "the dead letters cannot be read: " + cause.getMessage(), cause);
    }

    /// A copy of a letter, because of an insert that was repeated, is the same letter.
    @Override
    public List<DeadLetter> next(String after, int most) {
        Map<String, String> parameters =
                Map.of(
                        "param_after",
                        after,
                        "param_youngest",
                        youngest,
                        "param_most",
                        Integer.toString(Math.min(most, PAGE_MAX)));
        List<DeadLetter> letters = new ArrayList<>();
        try {
            query.read(
                    tables.letters(),
                    parameters,
                    columns -> {
                        boolean copy =
                                !letters.isEmpty()
                                        && letters.getLast().key().equals(columns.getFirst());
                        if (!copy) {
                            letters.add(letter(columns));
                        }
                    });
        } catch (IOException e) {
            throw unreadable(e);
        }
        return letters;
    }

    private static DeadLetter letter(List<String> columns) {
        return new DeadLetter(
                columns.get(0),
                columns.get(1),
                columns.get(2),
                columns.get(3),
                1,
                Instant.ofEpochSecond(Long.parseLong(columns.get(4))),
                columns.get(5),
                columns.get(6),
                DeadLetter.text(Base64.getDecoder().decode(columns.get(7))));
    }

    @Override
    public void replayed(DeadLetter letter) {
        run(
                tables.insertReplayed(),
                Map.of("param_letter", letter.key()),
                "the mark of event %s, which is stored,".formatted(letter.eventId()));
    }

    @Override
    public void refusedBySink(DeadLetter letter) {
        run(
                tables.insertReplayed(),
                Map.of("param_letter", letter.key()),
                "the mark of event %s, which was refused again,".formatted(letter.eventId()));
    }

    private void run(String sql, Map<String, String> parameters, String what) {
        switch (http.run(sql, parameters)) {
            case Answer.Done _ -> {}
            case Answer.Refused(int code, String sentence) ->
                    throw unavailable(what, "code %d: %s".formatted(code, sentence));
            case Answer.Unreached(String sentence) -> throw unavailable(what, sentence);
            case Answer.Lost(String sentence) -> throw unavailable(what, sentence);
        }
    }

    private static DeadLettersUnavailable unavailable(String what, String why) {
        return new DeadLettersUnavailable(
                "%s could not be made: %s".formatted(what, why), new IOException(why));
    }

    @Override
    public void close() {
        // Connections end by themselves.
    }
}
