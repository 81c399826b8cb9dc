package io.floodmark.store.postgres.tune;

import io.floodmark.store.postgres.tune.Target.Exactly;
import io.floodmark.store.postgres.tune.Target.OneOf;
import java.util.List;

/// What "acknowledged" rests on.
final class DurabilityRules {

    static final List<Rule> ALL =
            List.of(
                    Rule.on(Topic.DURABILITY, "fsync")
                            .is(
                                    new Exactly("on"),
                                    "without it a crash of the machine loses acknowledged events"
                                            + " and may damage the files"),
                    Rule.on(Topic.DURABILITY, "full_page_writes")
                            .is(
                                    new Exactly("on"),
                                    "a page half written when the power fails is repaired from its"
                                            + " image in the log"),
                    Rule.on(Topic.DURABILITY, "synchronous_commit")
                            .where(Reach.WRITERS)
                            .is(
                                    new OneOf(
                                            "on", List.of("remote_apply", "remote_write", "local")),
                                    "an append is acknowledged when its commit is on disk; off"
                                            + " acknowledges up to three wal_writer_delay earlier"),
                    Rule.on(Topic.DURABILITY, "wal_level")
                            .afterRestart()
                            .is(
                                    new OneOf("replica", List.of("logical")),
                                    "replicas and backups need it"));

    private DurabilityRules() {}
}
