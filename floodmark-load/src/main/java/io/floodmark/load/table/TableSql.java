package io.floodmark.load.table;

import io.floodmark.load.preflight.Preflight;
import java.util.Collections;

/// The statements of the workload. Names are quoted by [TableNames]; everything else is bound.
final class TableSql {

    private static final String INSERT_COLUMNS =
            " (name, email, age, address, phone_number, data) VALUES ";
    private static final String INSERT_ROW = "(?, ?, ?, ?, ?, ?)";

    private final TableNames names;

    TableSql(TableNames names) {
        this.names = names;
    }

    String create() {
        return """
        CREATE TABLE %s (
            id BIGSERIAL PRIMARY KEY,
            name VARCHAR(255) NOT NULL,
            email VARCHAR(255) NOT NULL,
            age INT NOT NULL,
            address TEXT,
            phone_number VARCHAR(20),
            created_at TIMESTAMP NOT NULL DEFAULT NOW(),
            updated_at TIMESTAMP NOT NULL DEFAULT NOW(),
            data TEXT
        )
        """
                .formatted(names.quoted());
    }

    String createIndex(String column) {
        return "CREATE INDEX %s ON %s (%s)"
                .formatted(names.quotedIndex(column), names.quoted(), column);
    }

    String comment() {
        return comment(Preflight.TABLE_MARKER);
    }

    String commentKept() {
        return comment(Preflight.KEPT_MARKER);
    }

    private String comment(String marker) {
        return "COMMENT ON TABLE %s IS '%s'".formatted(names.quoted(), marker);
    }

    /// The table's comment, if there is such a table; parameter: quoted name.
    static String findComment() {
        return """
        SELECT obj_description(to_regclass(?), 'pg_class')
        WHERE to_regclass(?) IS NOT NULL
        """;
    }

    String drop() {
        return "DROP TABLE IF EXISTS " + names.quoted();
    }

    String analyze() {
        return "ANALYZE " + names.quoted();
    }

    String insert(int rows) {
        return "INSERT INTO "
                + names.quoted()
                + INSERT_COLUMNS
                + String.join(", ", Collections.nCopies(rows, INSERT_ROW));
    }

    /// Parameters: name, age, address, phone, data, id.
    String update() {
        return """
        UPDATE %s
        SET name = ?, age = ?, address = ?, phone_number = ?, data = ?, updated_at = NOW()
        WHERE id = ?
        """
                .formatted(names.quoted());
    }

    /// Parameters: first id, rows.
    String read() {
        return """
        SELECT id, name, email, age, address, phone_number, created_at, updated_at, data
        FROM %s WHERE id >= ? ORDER BY id LIMIT ?
        """
                .formatted(names.quoted());
    }

    /// The ids and number of the rows that a run seeded; parameter: pattern of their e-mail
    /// addresses.
    String seededRange() {
        return "SELECT coalesce(min(id), 0), coalesce(max(id), 0), count(*) FROM %s WHERE email LIKE ?"
                .formatted(names.quoted());
    }

    /// Rows, and different rows, per insert operation; parameters: highest seeded id, pattern of
    /// the run's e-mail addresses.
    String insertedRows() {
        return """
        SELECT split_part(split_part(email, '+', 2), '-', 1)::bigint AS operation,
               count(*), count(DISTINCT email)
        FROM %s WHERE id > ? AND email LIKE ?
        GROUP BY 1
        """
                .formatted(names.quoted());
    }

    /// The operation that wrote each seeded row last; parameters: first and last seeded id, pattern
    /// of the data that the run's updates write.
    String lastUpdates() {
        return """
        SELECT id, split_part(left(data, 80), ':', 2)::bigint
        FROM %s WHERE id BETWEEN ? AND ? AND data LIKE ?
        """
                .formatted(names.quoted());
    }
}
