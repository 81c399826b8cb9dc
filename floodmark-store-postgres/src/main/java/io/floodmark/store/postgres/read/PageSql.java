package io.floodmark.store.postgres.read;

import io.floodmark.store.postgres.row.EventRows;
import io.floodmark.store.postgres.schema.StoreNames;
import java.util.List;

/// The statement that reads one page: the head of the log, and the candidates of the page with
/// their columns in order of position.
///
/// One statement sees one state of the log, and the head is moved in the transaction that inserts
/// the events: what it finds is complete up to the head that it returns. Each `position` has its
/// bounds written out, so that the segments outside are not touched. `OFFSET 0` keeps the planner
/// from any other way than fetching each candidate by its key.
final class PageSql {
    private final StoreNames names;

    PageSql(StoreNames names) {
        this.names = names;
    }

    /// The statement for these branches.
    Sql of(List<Branch> branches) {
        var sql = new Sql();
        sql.add("SELECT h.position, " + EventRows.COLUMNS + " FROM " + names.logHead());
        sql.add(" h LEFT JOIN (");
        if (branches.size() == 1 && isScan(branches.getFirst())) {
            sql.add("SELECT e.* ").add(scan(branches.getFirst()));
        } else {
            sql.add("SELECT e.* FROM (").add(candidates(branches)).add(") c");
            sql.add(" CROSS JOIN LATERAL (SELECT * FROM " + names.events() + " e");
            sql.add(" WHERE e.position = c.position");
            bounds(sql, "e", Branch.Range.ALL);
            sql.add(" OFFSET 0) e");
        }
        return sql.add(") e ON true ORDER BY e.position");
    }

    private static boolean isScan(Branch branch) {
        return !branch.usesTagIndex() && branch.types().isEmpty();
    }

    /// The first positions of each branch hold the first positions of all together.
    private Sql candidates(List<Branch> branches) {
        if (branches.size() == 1) {
            return candidates(branches.getFirst());
        }
        var sql = new Sql().add("SELECT u.position FROM (");
        String between = "(";
        for (Branch branch : branches) {
            sql.add(between).add(candidates(branch)).add(")");
            between = " UNION (";
        }
        return sql.add(") u ORDER BY u.position LIMIT ?", new Param.Limit());
    }

    private Sql candidates(Branch branch) {
        if (!branch.anyHashes().isEmpty()) {
            return eachOf(
                    "bigint",
                    new Param.Hashes(branch.anyHashes()),
                    byTag(branch, new Sql().add("any_of.value")));
        }
        if (!branch.allHashes().isEmpty()) {
            long first = branch.allHashes().getFirst();
            return byTag(branch, new Sql().add("?", new Param.Hash(first)));
        }
        if (!branch.types().isEmpty()) {
            return eachOf("text", new Param.Texts(branch.types()), byType(branch));
        }
        return new Sql().add("SELECT e.position ").add(scan(branch));
    }

    /// The first positions that `search` finds for any of several values: an index gives the
    /// positions of one value in order, so that each search ends early.
    private static Sql eachOf(String type, Param values, Sql search) {
        return new Sql()
                .add(
                        "SELECT DISTINCT f.position FROM unnest(?::" + type + "[]) any_of(value)",
                        values)
                .add(" CROSS JOIN LATERAL (")
                .add(search)
                .add(") f ORDER BY f.position LIMIT ?", new Param.Limit());
    }

    private Sql byTag(Branch branch, Sql firstHash) {
        boolean anyOf = !branch.anyHashes().isEmpty();
        List<Long> joined =
                anyOf
                        ? branch.allHashes()
                        : branch.allHashes().subList(1, branch.allHashes().size());
        var sql = new Sql().add("SELECT t0.position FROM " + names.eventTag() + " t0");
        for (int i = 0; i < joined.size(); i++) {
            String alias = "t" + (i + 1);
            sql.add(" JOIN " + names.eventTag() + " " + alias + " ON " + alias);
            sql.add(".position = t0.position AND " + alias + ".tag_hash = ");
            sql.add("?", new Param.Hash(joined.get(i)));
            bounds(sql, alias, branch.range());
        }
        if (needsEvent(branch)) {
            sql.add(" JOIN " + names.events() + " e ON e.position = t0.position");
            bounds(sql, "e", branch.range());
            typesAndTags(sql, branch);
            times(sql, branch.occurred());
        }
        sql.add(" WHERE t0.tag_hash = ").add(firstHash);
        bounds(sql, "t0", branch.range());
        return sql.add(" ORDER BY t0.position LIMIT ?", new Param.Limit());
    }

    private static boolean needsEvent(Branch branch) {
        return !branch.types().isEmpty() || !branch.tags().isEmpty() || !branch.occurred().isAny();
    }

    private static void typesAndTags(Sql sql, Branch branch) {
        if (!branch.types().isEmpty()) {
            sql.add(" AND e.type = ANY(?)", new Param.Texts(branch.types()));
        }
        if (!branch.tags().isEmpty()) {
            sql.add(" AND e.tags @> ?", new Param.Texts(branch.tags()));
        }
    }

    private Sql byType(Branch branch) {
        var sql = new Sql().add("SELECT e.position FROM " + names.events() + " e");
        sql.add(" WHERE e.type = any_of.value");
        return ordered(sql, branch);
    }

    private Sql scan(Branch branch) {
        return ordered(new Sql().add("FROM " + names.events() + " e WHERE true"), branch);
    }

    private static Sql ordered(Sql sql, Branch branch) {
        bounds(sql, "e", branch.range());
        times(sql, branch.occurred());
        return sql.add(" ORDER BY e.position LIMIT ?", new Param.Limit());
    }

    private static void bounds(Sql sql, String alias, Branch.Range range) {
        sql.add(" AND " + alias + ".position > ?", range.afterParam());
        sql.add(" AND " + alias + ".position <= ?", range.upToParam());
    }

    private static void times(Sql sql, Branch.Times occurred) {
        occurred.from().ifPresent(from -> sql.add(" AND e.occurred_at >= ?", new Param.Time(from)));
        occurred.until()
                .ifPresent(until -> sql.add(" AND e.occurred_at <= ?", new Param.Time(until)));
    }

    /// The head, and the first and last positions of the events that occurred in a time. No order
    /// is asked for, so that the block range index of `occurred_at` finds them.
    Sql spanOf(Branch.Times occurred) {
        var sql = new Sql().add("SELECT h.position, s.first, s.last FROM " + names.logHead());
        sql.add(" h LEFT JOIN (SELECT min(m.position) AS first, max(m.position) AS last FROM (");
        sql.add("SELECT e.position FROM " + names.events() + " e WHERE true");
        times(sql, occurred);
        return sql.add(" OFFSET 0) m) s ON true");
    }

    String headSql() {
        return "SELECT position FROM " + names.logHead();
    }
}
