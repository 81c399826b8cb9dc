package io.floodmark.ingest.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Compares acknowledged ids with stored ones. Both go to files in a temporary folder first, a
/// 128th part in each, and then one part after the other is compared in memory. *Threads:* for one.
public final class Audit {
    private static final String ACKED = "acked";
    private static final String STORED = "stored";
    private static final String UNKNOWN_LEVEL = "unknown";

    private final int listed;
    private final TreeMap<String, Long> missing = new TreeMap<>();
    private final List<String> firstMissing = new ArrayList<>();
    private final List<String> firstDuplicated = new ArrayList<>();
    private long acknowledged;
    private long found;
    private long duplicated;
    private long notAcknowledged;

    /// An audit that names so many ids of each kind of trouble.
    public Audit(int listed) {
        this.listed = listed;
    }

    /// Makes the audit, once.
    ///
    /// @throws IOException when a side cannot be read, or there is no room for temporary files
    public AuditReport run(AckedIds acked, StoredIds stored) throws IOException {
        Path folder = Files.createTempDirectory("floodmark-audit");
        try {
            try (IdParts parts = new IdParts(folder, ACKED)) {
                acked.read(parts::add);
            }
            try (IdParts parts = new IdParts(folder, STORED)) {
                stored.read(id -> parts.add(id, ""));
            }
            for (int part = 0; part < IdParts.COUNT; part++) {
                compare(folder, part);
            }
        } finally {
            delete(folder);
        }
        return new AuditReport(
                acknowledged,
                found,
                missing,
                firstMissing,
                duplicated,
                firstDuplicated,
                notAcknowledged);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private void compare(Path folder, int part) throws IOException {
        Map<String, Integer> times = new HashMap<>();
        IdParts.read(folder, STORED, part, (id, _) -> times.merge(id, 1, Integer::sum));
        times.forEach((id, count) -> {
            if (count > 1) {
                duplicated++;
                list(firstDuplicated, id);
            }
        });
        Map<String, String> levels = new HashMap<>();
        IdParts.read(folder, ACKED, part, levels::put);
        levels.forEach((id, level) -> {
            acknowledged++;
            if (times.remove(id) != null) {
                found++;
            } else {
                missing.merge(level.isEmpty() ? UNKNOWN_LEVEL : level, 1L, Long::sum);
                list(firstMissing, id);
            }
        });
        notAcknowledged += times.size();
    }

    private void list(List<String> to, String id) {
        if (to.size() < listed) {
            to.add(id);
        }
    }
}
