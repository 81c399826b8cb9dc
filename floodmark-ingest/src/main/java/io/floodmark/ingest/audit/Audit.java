package io.floodmark.ingest.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Compares acknowledged ids with stored ones. Both go to files in a temporary folder first, a
/// 128th part in each, and then one part after the other is compared in memory. *Threads:* for one.
public final class Audit {
    private static final String ACKED = "acked";
    private static final String OUTSIDE = "outside";
    private static final String STORED = "stored";
    private static final String UNKNOWN_LEVEL = "unknown";
    private static final String IN_RANGE = "in";

    private final int listed;
    private final AuditRange range;
    private final TreeMap<String, Long> missing = new TreeMap<>();
    private final List<String> firstMissing = new ArrayList<>();
    private final List<String> firstDuplicated = new ArrayList<>();
    private long acknowledged;
    private long outside;
    private long torn;
    private long found;
    private long duplicated;
    private long notAcknowledged;

    /// An audit that names so many ids of each kind of trouble.
    public Audit(int listed, AuditRange range) {
        this.listed = listed;
        this.range = range;
    }

    /// Makes the audit, once. The sink is read second, so that it holds what was acknowledged by
    /// then.
    ///
    /// @throws IOException when a side cannot be read, or there is no room for temporary files
    public AuditReport run(AckedIds acked, StoredIds stored) throws IOException {
        Path folder = Files.createTempDirectory("floodmark-audit");
        try {
            write(folder, acked);
            try (IdParts parts = new IdParts(folder, STORED)) {
                stored.read((id, arrived) -> parts.add(id, range.holds(arrived) ? IN_RANGE : ""));
            }
            for (int part = 0; part < IdParts.COUNT; part++) {
                compare(folder, part);
            }
        } finally {
            delete(folder);
        }
        return new AuditReport(
                new AuditReport.Acked(acknowledged, outside, torn),
                found,
                missing,
                firstMissing,
                duplicated,
                firstDuplicated,
                stored.repetition(),
                notAcknowledged,
                stored.remarks());
    }

    private void write(Path folder, AckedIds acked) throws IOException {
        try (IdParts in = new IdParts(folder, ACKED);
                IdParts out = new IdParts(folder, OUTSIDE)) {
            torn =
                    acked.read(line -> {
                        boolean counts = range.holds(line);
                        outside += counts ? 0 : 1;
                        (counts ? in : out).add(line.eventId(), line.level());
                    });
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /// How often an id is stored, and whether it arrived within the range.
    private record Copies(int times, boolean inRange) {
        static Copies both(Copies one, Copies other) {
            return new Copies(one.times + other.times, one.inRange || other.inRange);
        }
    }

    private void compare(Path folder, int part) throws IOException {
        Map<String, Copies> stored = new HashMap<>();
        IdParts.read(
                folder,
                STORED,
                part,
                (id, when) -> stored.merge(id, new Copies(1, when.equals(IN_RANGE)), Copies::both));
        Map<String, String> levels = new HashMap<>();
        IdParts.read(folder, ACKED, part, levels::put);
        stored.forEach((id, copies) -> {
            if (copies.times() > 1 && (copies.inRange() || levels.containsKey(id))) {
                duplicated++;
                list(firstDuplicated, id);
            }
        });
        levels.forEach((id, level) -> {
            acknowledged++;
            if (stored.remove(id) != null) {
                found++;
            } else {
                missing.merge(level.isEmpty() ? UNKNOWN_LEVEL : level, 1L, Long::sum);
                list(firstMissing, id);
            }
        });
        Set<String> elsewhere = new HashSet<>();
        IdParts.read(folder, OUTSIDE, part, (id, _) -> elsewhere.add(id));
        stored.keySet().removeAll(elsewhere);
        notAcknowledged += stored.values().stream().filter(Copies::inRange).count();
    }

    private void list(List<String> to, String id) {
        if (to.size() < listed) {
            to.add(id);
        }
    }
}
