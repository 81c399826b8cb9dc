package io.floodmark.load.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.load.ingest.EventLedger.Note;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.postgres.Errand;
import io.floodmark.load.postgres.TestServer;
import io.floodmark.load.record.WriteCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The check of acknowledged events against a table in which some are missing, twice, or ought not
/// to be.
final class StoredCheckTest {

    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private final EventNames names = EventNames.of("run", START.toEpochMilli());
    private final EventLedger ledger = new EventLedger();
    private ConnectionTarget target;

    @BeforeEach
    void makeTable() throws Exception {
        target = TestServer.freshDatabase();
        TestServer.execute(
                target,
                "CREATE SCHEMA s",
                "CREATE TABLE s.ingest_events (event_id text, received_at timestamptz)");
    }

    private void store(Lane lane, long number) throws Exception {
        TestServer.execute(
                target,
                "INSERT INTO s.ingest_events VALUES ('%s', '2026-11-21 12:00:01+00')"
                        .formatted(names.id(lane, number)));
    }

    private void noted(Lane lane, long number, Note note) {
        ledger.sent(lane, number, 1);
        ledger.answered(lane, number, List.of(note));
    }

    private WriteCheck check() {
        return new StoredCheck(new Errand(target, Duration.ofSeconds(30)), "s", names, ledger)
                .check(START);
    }

    @Test
    void all_is_well_when_every_acknowledged_event_is_there_once() throws Exception {
        noted(Lane.SINGLE, 0, Note.ACKNOWLEDGED);
        noted(Lane.MANY, 0, Note.DUPLICATE);
        noted(Lane.MANY, 1, Note.REJECTED);
        noted(Lane.MANY, 2, Note.NOT_TAKEN);
        ledger.sent(Lane.MANY, 3, 2);
        store(Lane.SINGLE, 0);
        store(Lane.MANY, 0);
        store(Lane.MANY, 3);
        TestServer.execute(target, "INSERT INTO s.ingest_events VALUES ('foreign', now())");

        assertThat(check()).isEqualTo(new WriteCheck(2, 2, 0, 0, 2, 1, List.of(), ""));
    }

    @Test
    void a_missing_event_is_lost_and_another_ones_second_copy_does_not_make_up_for_it()
            throws Exception {
        noted(Lane.MANY, 0, Note.ACKNOWLEDGED);
        noted(Lane.MANY, 1, Note.ACKNOWLEDGED);
        store(Lane.MANY, 0);
        store(Lane.MANY, 0);

        WriteCheck check = check();

        assertThat(check.ackedLost()).isEqualTo(1);
        assertThat(check.duplicated()).isEqualTo(1);
        assertThat(check.lossFree()).isFalse();
    }

    @Test
    void an_event_that_was_not_taken_must_not_be_there() throws Exception {
        noted(Lane.MANY, 0, Note.ACKNOWLEDGED);
        noted(Lane.MANY, 1, Note.NOT_TAKEN);
        noted(Lane.MANY, 2, Note.REJECTED);
        store(Lane.MANY, 0);
        store(Lane.MANY, 1);
        store(Lane.MANY, 2);

        assertThat(check().violations())
                .containsExactly(
                        "2 events are stored although the service said that it did not take them");
    }

    @Test
    void an_acknowledgement_that_comes_after_the_check_began_does_not_count() throws Exception {
        ledger.sent(Lane.MANY, 0, 1);
        ledger.freeze();
        ledger.answered(Lane.MANY, 0, List.of(Note.ACKNOWLEDGED));

        assertThat(check().acknowledged()).isZero();
        assertThat(check().unknown()).isEqualTo(1);
    }

    @Test
    void a_table_that_is_not_there_is_a_check_that_was_not_made() throws Exception {
        TestServer.execute(target, "DROP TABLE s.ingest_events");
        noted(Lane.MANY, 0, Note.ACKNOWLEDGED);

        assertThat(check().problem()).contains("could not be checked");
    }
}
