package io.floodmark.ingest.clickhouse;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is inserted next from a partition: all records from the committed offset to this one.
///
/// It is committed to Kafka, as the metadata of that offset, before the insert begins. Whoever has
/// the partition after a crash inserts the very same records under the same name.
///
/// @param last offset of the last record
record Plan(long last) {
    private static final Pattern TEXT = Pattern.compile("floodmark 1 last=([0-9]{1,18})");

    /// As metadata of an offset.
    String text() {
        return "floodmark 1 last=" + last;
    }

    /// Of metadata; empty when that holds none, as after a finished insert, or when somebody set
    /// the offset by hand.
    static Optional<Plan> parse(String metadata) {
        Matcher matcher = TEXT.matcher(metadata);
        return matcher.matches()
                ? Optional.of(new Plan(Long.parseLong(matcher.group(1))))
                : Optional.empty();
    }
}
