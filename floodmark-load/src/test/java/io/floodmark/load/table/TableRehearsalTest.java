package io.floodmark.load.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.postgres.Errand;
import io.floodmark.load.postgres.TestServer;
import io.floodmark.load.time.SystemTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TableRehearsalTest {

    private static final TableLayout LAYOUT =
            new TableLayout(
                    new TableSql(new TableNames("rehearsed")),
                    new People(1),
                    new RowMarks("r1"),
                    3,
                    1);

    private final List<String> told = new ArrayList<>();

    @Test
    void a_rehearsal_performs_the_operations_and_leaves_no_table_behind() throws SQLException {
        long rounds = rehearsal(TestServer.superuser(), false).run(told::add);

        assertThat(rounds).isPositive();
        assertThat(told).isEmpty();
        assertThat(relations("floodmark_rehearsal%")).isEqualTo("0");
    }

    @Test
    void a_run_that_nobody_wants_any_more_is_not_rehearsed() {
        assertThat(rehearsal(TestServer.superuser(), true).run(told::add)).isZero();
    }

    @Test
    void a_server_that_refuses_is_told_and_does_not_end_the_run() throws SQLException {
        ConnectionTarget target = TestServer.freshDatabase();
        TestServer.execute(
                TestServer.superuser(),
                "REVOKE TEMPORARY ON DATABASE %s FROM PUBLIC, %s"
                        .formatted(target.database(), target.user()));

        long rounds = rehearsal(target, false).run(told::add);

        assertThat(rounds).isZero();
        assertThat(told).singleElement().asString().startsWith("could not rehearse");
    }

    private static TableRehearsal rehearsal(ConnectionTarget target, boolean stopped) {
        return new TableRehearsal(
                new Errand(target, Duration.ofSeconds(10)),
                SystemTime.INSTANCE,
                TableRehearsal.LENGTH_MAX,
                LAYOUT,
                () -> stopped);
    }

    private static String relations(String pattern) throws SQLException {
        try (Connection connection = TestServer.connect(TestServer.superuser())) {
            return TestServer.text(
                    connection,
                    "SELECT count(*) FROM pg_class WHERE relname LIKE '%s'".formatted(pattern));
        }
    }
}
