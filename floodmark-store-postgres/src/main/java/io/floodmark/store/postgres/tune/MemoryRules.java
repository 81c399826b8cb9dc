package io.floodmark.store.postgres.tune;

import static io.floodmark.store.postgres.tune.SettingValue.memory;

import io.floodmark.store.postgres.tune.Target.AtLeast;
import io.floodmark.store.postgres.tune.Target.Within;
import java.util.List;

/// Memory by the size of the machine, and how many sessions and locks share it.
final class MemoryRules {

    private static final long MEBIBYTE = 1L << 20;
    private static final long SHARED_BUFFERS_MAX = 16L << 30;
    private static final long WORK_MEM_MIN = 4 * MEBIBYTE;
    private static final long WORK_MEM_MAX = 64 * MEBIBYTE;
    private static final long MAINTENANCE_MIN = 64 * MEBIBYTE;
    private static final long MAINTENANCE_MAX = 2L << 30;

    static final List<Rule> ALL =
            List.of(
                    Rule.on(Topic.CONNECTIONS, "max_connections")
                            .afterRestart()
                            .follows(
                                    facts -> new AtLeast(Integer.toString(facts.connections())),
                                    "all pools of all processes plus a reserve; a replica refuses"
                                            + " to start with fewer than its primary"),
                    Rule.on(Topic.CONNECTIONS, "max_locks_per_transaction")
                            .afterRestart()
                            .is(
                                    new AtLeast("128"),
                                    "a read over many segments locks each with its indexes; on a"
                                            + " replica it must not be lower than on the primary"),
                    Rule.on(Topic.CONNECTIONS, "idle_in_transaction_session_timeout")
                            .is(
                                    new Within("5min", "1s", "1h"),
                                    "a forgotten transaction keeps every dead version of the log's"
                                            + " head row alive, and each append searches them"),
                    Rule.on(Topic.MEMORY, "shared_buffers")
                            .afterRestart()
                            .follows(
                                    MemoryRules::sharedBuffers,
                                    "the newest segment and its tag index take all random writes"
                                            + " and must fit; the rest serves as file cache"),
                    Rule.on(Topic.MEMORY, "effective_cache_size")
                            .follows(
                                    MemoryRules::cache,
                                    "tells the planner that index pages are in memory; it reserves"
                                            + " nothing"),
                    Rule.on(Topic.MEMORY, "work_mem")
                            .follows(
                                    MemoryRules::workMem,
                                    "counts per sort and session: all sessions together stay under"
                                            + " an eighth of the memory, and reads in position"
                                            + " order sort nothing"),
                    Rule.on(Topic.MEMORY, "maintenance_work_mem")
                            .where(Reach.WRITERS)
                            .follows(
                                    MemoryRules::maintenance,
                                    "index builds on sealed segments sort in memory"));

    private MemoryRules() {}

    private static Target sharedBuffers(TuningFacts facts) {
        long memory = facts.memoryBytes();
        long quarter = Math.min(memory / 4, SHARED_BUFFERS_MAX);
        return new Within(
                memory(quarter),
                memory(Math.min(memory / 100 * 15, SHARED_BUFFERS_MAX / 2)),
                memory(memory / 100 * 40));
    }

    private static Target cache(TuningFacts facts) {
        long memory = facts.memoryBytes();
        return new Within(memory(memory / 4 * 3), memory(memory / 2), memory(memory));
    }

    private static Target workMem(TuningFacts facts) {
        long share = facts.memoryBytes() / 8 / facts.connections();
        long bounded = Math.clamp(share, WORK_MEM_MIN, WORK_MEM_MAX);
        return new Within(memory(bounded), "1MB", memory(bounded));
    }

    private static Target maintenance(TuningFacts facts) {
        long bounded = Math.clamp(facts.memoryBytes() / 16, MAINTENANCE_MIN, MAINTENANCE_MAX);
        return new Within(memory(bounded), memory(bounded / 2), memory(2 * bounded));
    }
}
