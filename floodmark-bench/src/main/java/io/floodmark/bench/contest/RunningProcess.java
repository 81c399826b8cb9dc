package io.floodmark.bench.contest;

import io.floodmark.store.AppendOutcomeUnknown;
import io.floodmark.store.AppendResult;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One [ContestProcess], from its start to its death.
///
/// *Threads.* Any.
final class RunningProcess {

    private static final Duration START_MAX = Duration.ofMinutes(2);
    private static final Duration END_MAX = Duration.ofSeconds(60);

    /// A process answers by the append's timeout, or a little later when it finds out what became
    /// of a commit.
    private static final Duration ANSWER_GRACE = Duration.ofSeconds(60);

    private final Process process;
    private final DataOutputStream orders;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread listener;
    private volatile boolean over;
    private volatile boolean killed;
    private volatile @Nullable Moment stoppedAt;

    private RunningProcess(Process process) {
        this.process = process;
        this.orders = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.listener =
                Thread.ofPlatform().name("contest-answers").daemon().unstarted(this::listen);
    }

    /// Starts a process and has it open the store; [#awaitReady] waits for that.
    static RunningProcess start(Order.Open open) throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx192m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ContestProcess.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var running = new RunningProcess(process);
        running.listener.start();
        running.send(open);
        return running;
    }

    /// Whether the store is open in time.
    boolean awaitReady() throws InterruptedException {
        return ready.await(START_MAX.toNanos(), TimeUnit.NANOSECONDS) && !over;
    }

    /// Has the process make an append, and waits for what it tells.
    AppendResult append(Attempt attempt) throws InterruptedException {
        var answer = new Pending();
        long number = numbers.incrementAndGet();
        pending.put(number, answer);
        try {
            send(new Order.Append(number, attempt));
            if (over) {
                answer.abandon();
            }
            Optional<Answer.Told> told = answer.await(attempt.timeout().plus(ANSWER_GRACE));
            return told.orElseThrow(() -> new AppendOutcomeUnknown("the process gave no answer"))
                    .result();
        } catch (IOException e) {
            throw new AppendOutcomeUnknown("the process has gone", e);
        } finally {
            pending.remove(number);
        }
    }

    /// Has the process stop at a moment; when it does it is killed. Nothing happens if it is gone.
    void stopAt(Moment moment, int times) {
        try {
            send(new Order.Stop(moment, times));
        } catch (IOException e) {
            // Gone already: there is nothing to stop.
            return;
        }
    }

    private void send(Order order) throws IOException {
        synchronized (orders) {
            Wire.write(orders, order);
            orders.flush();
        }
    }

    private void listen() {
        try (var in = new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
            while (true) {
                switch (Wire.answer(in)) {
                    case Answer.Ready() -> ready.countDown();
                    case Answer.Stopped(Moment moment) -> {
                        stoppedAt = moment;
                        kill();
                    }
                    case Answer.Outcome(long number, Answer.Told told) -> {
                        Pending asked = pending.get(number);
                        if (asked != null) {
                            asked.tell(told);
                        }
                    }
                }
            }
        } catch (IOException e) {
            // Its pipe ended: it is dead.
            over = true;
        } finally {
            over = true;
            ready.countDown();
            pending.values().forEach(Pending::abandon);
        }
    }

    /// Ends it with SIGKILL.
    void kill() {
        killed = true;
        process.destroyForcibly();
    }

    /// Whether it can be sent nothing any more.
    boolean isOver() {
        return over;
    }

    /// Whether somebody wanted its death.
    boolean wasKilled() {
        return killed;
    }

    /// Where it had stopped when it was killed; empty if it was killed at a random moment.
    Optional<Moment> stoppedAt() {
        return Optional.ofNullable(stoppedAt);
    }

    /// Waits for its death, and that all it said was heard.
    void awaitDeath() throws InterruptedException {
        process.waitFor();
        listener.join();
    }

    /// Lets it end what it does; kills it if that takes too long.
    void end() throws InterruptedException {
        try {
            synchronized (orders) {
                orders.close();
            }
        } catch (IOException e) {
            kill();
        }
        if (!process.waitFor(END_MAX.toNanos(), TimeUnit.NANOSECONDS)) {
            kill();
        }
        awaitDeath();
    }
}
