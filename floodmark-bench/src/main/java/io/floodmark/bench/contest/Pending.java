package io.floodmark.bench.contest;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// An append that a process was sent and has not answered.
///
/// *Threads.* One awaits, another tells.
final class Pending {

    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Answer.@Nullable Told told;

    void tell(Answer.Told answer) {
        told = answer;
        over.countDown();
    }

    /// There will be no answer.
    void abandon() {
        over.countDown();
    }

    /// What the process told; empty if it died before, or took too long.
    Optional<Answer.Told> await(Duration atMost) throws InterruptedException {
        boolean _ = over.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        return Optional.ofNullable(told);
    }
}
