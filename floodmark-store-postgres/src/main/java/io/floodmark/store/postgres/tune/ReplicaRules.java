package io.floodmark.store.postgres.tune;

import io.floodmark.store.postgres.tune.Target.Exactly;
import io.floodmark.store.postgres.tune.Target.OneOf;
import io.floodmark.store.postgres.tune.Target.Within;
import java.util.List;

/// Replicas that serve short reads of fresh events.
///
/// The head row is updated by each commit, and its dead versions are removed as often; every
/// removal conflicts with every older snapshot on the replica, whatever that reads.
final class ReplicaRules {

    static final List<Rule> ALL =
            List.of(
                    rule("hot_standby").afterRestart().is(new Exactly("on"), "reads need it"),
                    rule("hot_standby_feedback")
                            .is(
                                    new Exactly("off"),
                                    "on, each read here keeps dead versions of the head row alive"
                                            + " on the primary and slows appends; off, a long read"
                                            + " holds back replay only as long as the next setting"
                                            + " allows"),
                    rule("max_standby_streaming_delay")
                            .is(
                                    new Within("1s", "0", "5s"),
                                    "the longest that one read may hold back replay for all"
                                            + " others; then it is cancelled and repeated"
                                            + " elsewhere (SQLSTATE 40001)"),
                    rule("wal_receiver_status_interval")
                            .is(
                                    new Within("1s", "1s", "2s"),
                                    "the primary's view of an idle replica is no older"),
                    rule("wal_retrieve_retry_interval")
                            .is(
                                    new Within("1s", "100ms", "2s"),
                                    "after a lost connection reads are stale for a second, not for"
                                            + " five"),
                    rule("recovery_min_apply_delay")
                            .is(
                                    new Exactly("0"),
                                    "a delayed replica is a backup, not a place to read one's own"
                                            + " writes"),
                    rule("recovery_prefetch")
                            .is(
                                    new OneOf("try", List.of("on")),
                                    "replay asks for pages ahead, so one process keeps up with"
                                            + " many writers"));

    private ReplicaRules() {}

    private static Rule.Draft rule(String setting) {
        return Rule.on(Topic.REPLICA, setting).where(Reach.REPLICAS);
    }
}
