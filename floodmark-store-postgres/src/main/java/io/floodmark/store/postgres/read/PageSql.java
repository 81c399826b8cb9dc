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
    /// A tag with more events than that counts as common.
    private static final int COUNTED_MAX = 1_000;

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
                    byTag(branch, new Sql().add("any_of.value"), alsoEach(branch)));
        }
        if (branch.allHashes().size() > 1) {
            return byTags(branch);
        }
        if (!branch.allHashes().isEmpty()) {
            long hash = branch.allHashes().getFirst();
            return byTag(branch, new Sql().add("?", new Param.Hash(hash)), new Sql());
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

    /// Walks through the events of the rarest tag and looks each one up under the others: so that a
    /// tag which most events carry costs nothing beside one that few do. The server counts the tags
    /// itself, up to a bound, because its statistics are of no use to a plan that is made once.
    private Sql byTags(Branch branch) {
        var sql = new Sql().add("SELECT f.position FROM (");
        sql.add("SELECT array_agg(k.hash ORDER BY k.found) AS hashes FROM (SELECT a.hash,");
        sql.add(" (SELECT count(*) FROM (SELECT FROM " + names.eventTag() + " t");
        sql.add(" WHERE t.tag_hash = a.hash");
        bounds(sql, "t", branch.range());
        sql.add(" LIMIT " + COUNTED_MAX + ") s) AS found");
        sql.add(" FROM unnest(?::bigint[]) a(hash)", new Param.Hashes(branch.allHashes()));
        sql.add(" OFFSET 0) k) r CROSS JOIN LATERAL (");
        var others = new Sql();
        for (int i = 2; i <= branch.allHashes().size(); i++) {
            others.add(also(branch, new Sql().add("r.hashes[" + i + "]")));
        }
        return sql.add(byTag(branch, new Sql().add("r.hashes[1]"), others)).add(") f");
    }

    private Sql byTag(Branch branch, Sql hash, Sql others) {
        var sql = new Sql().add("SELECT t0.position FROM " + names.eventTag() + " t0");
        if (needsEvent(branch)) {
            sql.add(" JOIN " + names.events() + " e ON e.position = t0.position");
            bounds(sql, "e", branch.range());
            typesAndTags(sql, branch);
            times(sql, branch.occurred());
        }
        sql.add(" WHERE t0.tag_hash = ").add(hash);
        bounds(sql, "t0", branch.range());
        return sql.add(others).add(" ORDER BY t0.position LIMIT ?", new Param.Limit());
    }

    private Sql alsoEach(Branch branch) {
        var sql = new Sql();
        branch.allHashes()
                .forEach(hash -> sql.add(also(branch, new Sql().add("?", new Param.Hash(hash)))));
        return sql;
    }

    /// That the event is indexed under a further hash. `OFFSET 0` keeps it a look at the index for
    /// one position: as a join it could read all events of the tag.
    private Sql also(Branch branch, Sql hash) {
        var sql = new Sql().add(" AND EXISTS (SELECT FROM " + names.eventTag() + " t");
        sql.add(" WHERE t.position = t0.position AND t.tag_hash = ").add(hash);
        bounds(sql, "t", branch.range());
        return sql.add(" OFFSET 0)");
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
