package io.floodmark.load.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.load.config.AfterRun;
import io.floodmark.load.postgres.ConnectionFailure;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.postgres.Errand;
import io.floodmark.load.postgres.TestServer;
import io.floodmark.load.record.WriteCheck;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Seeding, the check of writes and the end of the table, when the server stands still or somebody
/// holds the table.
@Timeout(60)
final class TimeLimitsTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String LIMIT = "the limit for an answer is 300 ms";

    private final ConnectionTarget target = TestServer.superuser();
    private final TableNames names = new TableNames("time_limits");
    private final TableLayout layout =
            new TableLayout(new TableSql(names), new People(1), new RowMarks("r1"), 1, 1);

    private final TablePreparation.Errands impatient =
            new TablePreparation.Errands(new Errand(target, SHORT), new Errand(target, SHORT));

    private TablePreparation preparation(
            BooleanSupplier stopped, TablePreparation.Errands errands) {
        return new TablePreparation(errands, names, layout, AfterRun.DROP, stopped);
    }

    @AfterEach
    void drop() {
        preparation(() -> false, TablePreparation.Errands.to(target)).drop();
    }

    /// Makes the table and locks it while `work` is done.
    private void whileLocked(Runnable work) throws Exception {
        preparation(() -> false, TablePreparation.Errands.to(target)).prepare(10, _ -> {});
        try (Connection other = TestServer.connect(target);
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("LOCK TABLE time_limits IN ACCESS EXCLUSIVE MODE");
            work.run();
        }
    }

    @Test
    void seeding_ends_when_the_server_stands_still() {
        TablePreparation seeding =
                preparation(
                        () -> {
                            TestServer.shared().faults().freeze();
                            return false;
                        },
                        impatient);
        try {
            assertThatThrownBy(() -> seeding.prepare(1_000, _ -> {}))
                    .isInstanceOf(ConnectionFailure.class)
                    .hasMessageContaining("whether the server hangs")
                    .hasMessageEndingWith(LIMIT);
        } finally {
            TestServer.shared().faults().thaw();
        }
    }

    @Test
    void check_of_writes_ends_when_the_table_is_held() throws Exception {
        WriteChecker checker =
                new WriteChecker(
                        new Errand(target, SHORT), layout, new InsertLedger(), new UpdateLedger());

        whileLocked(() -> {
            WriteCheck check = checker.check(new SeededRows(1, 10));

            assertThat(check.problem())
                    .startsWith("the writes could not be checked: ")
                    .contains("pg_stat_activity")
                    .endsWith(LIMIT);
            assertThat(check.lossFree()).isFalse();
        });
    }

    @Test
    void end_of_the_table_is_given_up_when_it_is_held() throws Exception {
        TablePreparation dropping = preparation(() -> false, impatient);

        whileLocked(() ->
                assertThatThrownBy(dropping::drop)
                        .isInstanceOf(ConnectionFailure.class)
                        .hasMessageContaining("pg_stat_activity")
                        .hasMessageEndingWith(LIMIT));
    }
}
