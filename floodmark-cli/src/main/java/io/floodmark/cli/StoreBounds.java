package io.floodmark.cli;

import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.ReadBounds;
import io.floodmark.store.ReadRequest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Options that say which part of the log is read, and how fresh it must be.
final class StoreBounds {

    @Option(
            names = "--after",
            paramLabel = "POSITION",
            description = "Events after this position; not together with --from or --until")
    private Optional<Long> after = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Events that occurred at this time or later, as 2026-05-04T12:00:00Z")
    private Optional<String> from = Optional.empty();

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "Events that occurred at this time or earlier")
    private Optional<String> until = Optional.empty();

    @Option(
            names = "--eventual",
            description = "A replica may answer, also with what is a little old")
    private boolean eventual;

    /// What to read.
    ///
    /// @throws IllegalArgumentException when the options contradict each other
    ReadRequest request(Query query) {
        ReadRequest request = new ReadRequest(query, bounds(), ReadRequest.of(query).consistency());
        return eventual ? request.eventual() : request;
    }

    private ReadBounds bounds() {
        boolean timed = from.isPresent() || until.isPresent();
        if (timed && after.isPresent()) {
            throw new IllegalArgumentException(
                    "--after bounds by position, --from and --until by time; give one or the other");
        }
        if (timed) {
            return new ReadBounds.Occurred(
                    from.map(text -> instant("--from", text)),
                    until.map(text -> instant("--until", text)));
        }
        return after.map(Position::of).map(ReadBounds::after).orElseGet(ReadBounds::everything);
    }

    private static Instant instant(String option, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "%s needs a time such as 2026-05-04T12:00:00Z, was '%s'"
                            .formatted(option, text),
                    e);
        }
    }
}
