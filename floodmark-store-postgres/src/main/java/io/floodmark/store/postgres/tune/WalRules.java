package io.floodmark.store.postgres.tune;

import static io.floodmark.store.postgres.tune.SettingValue.memory;

import io.floodmark.store.postgres.tune.Target.AtLeast;
import io.floodmark.store.postgres.tune.Target.OneOf;
import io.floodmark.store.postgres.tune.Target.Within;
import java.util.List;
import java.util.stream.Stream;

/// The log and its checkpoints: as few full-page images per event as the disk allows.
final class WalRules {

    /// Log per event with a few tags, measured at 0.8 to 1 kB.
    private static final long BYTES_PER_EVENT = 1024;

    private static final long CHECKPOINT_SECONDS = 15 * 60;
    private static final long GIBIBYTE = 1L << 30;
    private static final long WAL_MIN = 4 * GIBIBYTE;

    static final List<Rule> ALL =
            List.of(
                    Rule.on(Topic.WAL, "max_wal_size")
                            .follows(
                                    facts -> new AtLeast(memory(walBytes(facts))),
                                    "checkpoints should come by time, not by volume: after each"
                                            + " one every page is logged whole again; the disk"
                                            + " must have this much free"),
                    Rule.on(Topic.WAL, "min_wal_size")
                            .follows(
                                    facts -> new AtLeast(memory(walBytes(facts) / 4)),
                                    "files of the log are used again instead of being made anew"
                                            + " after a quiet hour"),
                    Rule.on(Topic.WAL, "checkpoint_timeout")
                            .is(
                                    new Within("15min", "10min", "1h"),
                                    "three times fewer full-page images than with 5min; recovery"
                                            + " after a crash takes longer in return"),
                    Rule.on(Topic.WAL, "checkpoint_completion_target")
                            .is(
                                    new AtLeast("0.9"),
                                    "spreads a checkpoint's writes over the time to the next one"),
                    Rule.on(Topic.WAL, "wal_compression")
                            .where(Reach.WRITERS)
                            .follows(
                                    WalRules::compression,
                                    "full-page images are most of the log after a checkpoint and"
                                            + " shrink well"),
                    Rule.on(Topic.WAL, "wal_buffers")
                            .afterRestart()
                            .where(Reach.WRITERS)
                            .is(
                                    new AtLeast("16MB"),
                                    "a batch of a group commit must fit without a write in"
                                            + " between; watch wal_buffers_full in pg_stat_wal"),
                    Rule.on(Topic.WAL, "max_slot_wal_keep_size")
                            .where(Reach.WRITERS)
                            .follows(
                                    WalRules::slotLimit,
                                    "a replica that is gone must not fill the primary's disk; it"
                                            + " is built anew"));

    private WalRules() {}

    /// Twice what falls due between two checkpoints, as the server starts one by volume at about
    /// half of the size.
    private static long walBytes(TuningFacts facts) {
        long wanted =
                switch (facts.load()) {
                    case WriteLoad.Unknown() -> facts.memoryBytes();
                    case WriteLoad.Known(double rate) ->
                            (long) Math.ceil(rate * BYTES_PER_EVENT * CHECKPOINT_SECONDS * 2);
                };
        long whole = (wanted + GIBIBYTE - 1) / GIBIBYTE * GIBIBYTE;
        return Math.min(Math.max(whole, WAL_MIN), facts.walBytesMax());
    }

    private static Target slotLimit(TuningFacts facts) {
        long twice = 2 * walBytes(facts);
        return new Within(memory(twice), "1GB", memory(4 * twice));
    }

    private static Target compression(TuningFacts facts) {
        List<String> known =
                Stream.of("lz4", "zstd", TuningFacts.COMPRESSION_BUILT_IN)
                        .filter(facts.walCompressions()::contains)
                        .toList();
        String best = known.isEmpty() ? TuningFacts.COMPRESSION_BUILT_IN : known.getFirst();
        return new OneOf(best, known);
    }
}
