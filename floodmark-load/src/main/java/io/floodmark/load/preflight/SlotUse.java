package io.floodmark.load.preflight;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// How a server's connection slots are used; the session that asks is not counted.
///
/// @param max `max_connections`
/// @param superuserReserved `superuser_reserved_connections`
/// @param reserved `reserved_connections` (since 16, else 0)
/// @param clients client backends, idle ones too
/// @param hidden sessions of a role in a database whose kind we may not see: clients and at worst
///   some parallel workers; counted as clients, which errs on the safe side
record SlotUse(int max, int superuserReserved, int reserved, int clients, int hidden) {

    private static final String READ =
            """
            SELECT current_setting('max_connections')::int,
                   current_setting('superuser_reserved_connections')::int,
                   coalesce(current_setting('reserved_connections', true), '0')::int,
                   count(*) FILTER (WHERE a.backend_type = 'client backend')::int,
                   count(*) FILTER (WHERE a.backend_type IS NULL
                       AND a.datid IS NOT NULL AND a.usesysid IS NOT NULL)::int
              FROM pg_stat_activity a
             WHERE a.pid <> pg_backend_pid()
            """;

    static SlotUse read(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new SlotUse(
                    row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getInt(5));
        }
    }

    /// The same with the session that asks counted too.
    SlotUse monitored() {
        return new SlotUse(max, superuserReserved, reserved, clients + 1, hidden);
    }

    int inUse() {
        return clients + hidden;
    }

    /// Slots that roles without special rights can still get; may be negative.
    int headroom() {
        return max - superuserReserved - reserved - inUse();
    }

    /// `100 max − 3 superuser − 0 reserved − 12 in use = 85`.
    String arithmetic() {
        return "%d max − %d superuser − %d reserved − %d in use = %s"
                .formatted(max, superuserReserved, reserved, inUse(), Numbers.signed(headroom()));
    }
}
