package io.floodmark.store.postgres.append;

import io.floodmark.store.StoreUnavailable;
import java.util.List;

/// The writer thread of an open store: takes a batch from the queue and commits it, until the queue
/// is closed and empty. There is no batching delay: a batch forms while the one before commits.
///
/// When it ends, for whatever reason, nobody is left waiting.
final class GroupCommitWriter implements Runnable {
    private final AppendQueue queue;
    private final EngineLimits.Batch limits;
    private final BatchCommit commit;
    private final BatchWatch watch;

    GroupCommitWriter(
            AppendQueue queue, EngineLimits.Batch limits, BatchCommit commit, BatchWatch watch) {
        this.queue = queue;
        this.limits = limits;
        this.commit = commit;
        this.watch = watch;
    }

    @Override
    public void run() {
        try (commit) {
            List<PendingAppend> batch = queue.take(limits);
            while (!batch.isEmpty()) {
                write(batch);
                batch = queue.take(limits);
            }
        } catch (InterruptedException e) {
            queue.fail(() -> ended("was interrupted", e));
        } catch (RuntimeException | Error e) {
            queue.fail(() -> ended("failed with " + e, e));
            throw e;
        }
    }

    private void write(List<PendingAppend> batch) {
        watch.begun();
        try {
            commit.commit(batch);
        } finally {
            var unanswered = new IllegalStateException("the writer gave no answer");
            Answers.fail(batch, "the writer failed", unanswered);
            watch.ended(batch);
        }
    }

    private static StoreUnavailable ended(String how, Throwable cause) {
        return new StoreUnavailable(
                "the append engine " + how + "; nothing was written, open the store again", cause);
    }
}
