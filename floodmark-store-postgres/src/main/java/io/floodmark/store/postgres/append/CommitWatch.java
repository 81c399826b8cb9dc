package io.floodmark.store.postgres.append;

import io.floodmark.store.observe.CommitEnd;
import io.floodmark.store.observe.OngoingCommit;
import io.floodmark.store.observe.StoreListener;
import io.floodmark.store.postgres.observe.Calls;
import java.time.Duration;
import java.util.List;

/// Counts what the commit of one batch takes, tells a listener of it, and gives each request its
/// share of the time, which is the whole. *Threads:* the writer only.
final class CommitWatch implements BatchWatch {
    private final Calls calls;
    private OngoingCommit commit = StoreListener.none().commitBegun();
    private CommitEnd.Mode mode = CommitEnd.Mode.OPTIMISTIC;
    private int tries;
    private int stored;
    private int events;
    private long sqlNanos;
    private boolean atServer;
    private long sentNanos;

    CommitWatch(Calls calls) {
        this.calls = calls;
    }

    @Override
    public void begun() {
        mode = CommitEnd.Mode.OPTIMISTIC;
        tries = 0;
        stored = 0;
        events = 0;
        sqlNanos = 0;
        atServer = false;
        commit = calls.commitBegun();
    }

    @Override
    public void tried(CommitEnd.Mode with) {
        tries++;
        mode = with;
    }

    @Override
    public void toServer() {
        atServer = true;
        sentNanos = calls.nanos().getAsLong();
    }

    @Override
    public void fromServer(Attempt attempt) {
        if (atServer) {
            atServer = false;
            long spent = calls.nanos().getAsLong() - sentNanos;
            sqlNanos += spent;
            attempt.requests().forEach(request -> request.footprint().sharedSql(spent));
        }
    }

    @Override
    public void stored(Attempt attempt) {
        List<EncodedAppend> accepted = attempt.accepted();
        stored += accepted.size();
        events += accepted.stream().mapToInt(append -> append.events().size()).sum();
    }

    @Override
    public void ended(List<PendingAppend> batch) {
        commit.ended(
                new CommitEnd(
                        batch.size(), stored, events, tries, mode, Duration.ofNanos(sqlNanos)));
    }
}
