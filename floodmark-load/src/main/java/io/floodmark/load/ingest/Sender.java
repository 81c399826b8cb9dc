package io.floodmark.load.ingest;

import io.floodmark.load.config.RunConfig;
import io.floodmark.load.engine.DeadlinePassed;
import io.floodmark.load.engine.FailedOperation;
import io.floodmark.load.ingest.EventLedger.Note;
import io.floodmark.load.time.SystemTime;
import io.floodmark.load.time.TimeSource;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/// Sends requests over one connection, which it keeps and replaces, and notes what became of their
/// events.
///
/// *Threads.* One; [#cancel] any.
final class Sender implements AutoCloseable {

    private static final long CONNECT_NANOS_MAX = Duration.ofSeconds(5).toNanos();
    private static final long ANSWER_NANOS_MAX = Duration.ofMinutes(1).toNanos();
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int SLOW_PIECES = 10;

    private final Endpoint endpoint;
    private final Parts parts;
    private final RunConfig.Traffic traffic;
    private final RequestText text;
    private volatile boolean cancelled;
    private volatile @Nullable HttpLink link;

    /// What all senders of a run share.
    ///
    /// @param acks notes what the service acknowledges, and at which level
    record Parts(TimeSource time, EventText text, EventLedger ledger, Tallies tallies, Acks acks) {}

    /// A request to be made.
    ///
    /// @param operation number of the operation
    /// @param deadlineNanos when it is given up, or [Long#MAX_VALUE]
    record Wish(Kind kind, long operation, long deadlineNanos) {}

    /// The moments of a request.
    interface Moments {

        /// There is a connection.
        void acquired();

        /// The request is about to leave.
        void sent();
    }

    Sender(Endpoint endpoint, RunConfig.Traffic traffic, Parts parts) {
        this.endpoint = endpoint;
        this.parts = parts;
        this.traffic = traffic;
        this.text = new RequestText(endpoint, traffic, parts.text());
    }

    /// Sends one request and waits for its answer.
    ///
    /// @throws FailedOperation when an event that should have been taken was not, or the reverse
    /// @throws DeadlinePassed when it was given up
    void send(Wish wish, Moments moments) {
        cancelled = false;
        int events = wish.kind() == Kind.SINGLE ? 1 : traffic.batch();
        long first = wish.operation() * events;
        text.write(wish.kind(), first, events, SystemTime.INSTANCE.now().toString());
        Receipt receipt;
        HttpAnswer answer;
        try {
            connected(wish);
            moments.acquired();
            requireTime();
            moments.sent();
            parts.ledger().sent(wish.kind().lane(), first, events);
            parts.tallies().sent(events);
        } catch (IOException e) {
            drop();
            throw failed(e);
        }
        try {
            answer = exchange(wish);
            receipt = Receipt.read(answer, events);
        } catch (IOException e) {
            drop();
            parts.tallies().unanswered(events);
            throw failed(e);
        }
        settle(wish, first, receipt, answer.status());
    }

    private void requireTime() {
        if (cancelled) {
            drop();
            throw new DeadlinePassed();
        }
    }

    private HttpLink connected(Wish wish) throws IOException {
        HttpLink there = link;
        if (there == null) {
            there = HttpLink.open(endpoint, millis(wish, CONNECT_NANOS_MAX));
            link = there;
        }
        there.timeout(millis(wish, ANSWER_NANOS_MAX));
        return there;
    }

    /// How long to wait: to the deadline, but not longer than `most`.
    private int millis(Wish wish, long most) {
        long left =
                wish.deadlineNanos() == Long.MAX_VALUE
                        ? most
                        : Math.clamp(
                                wish.deadlineNanos() - parts.time().nanos(), NANOS_PER_MILLI, most);
        return (int) Math.ceilDiv(left, NANOS_PER_MILLI);
    }

    /// A service may close a connection that nobody uses; a request that meets this goes out once
    /// more, which is safe because ids tell duplicates.
    private HttpAnswer exchange(Wish wish) throws IOException {
        HttpLink before = connected(wish);
        try {
            return over(before, wish);
        } catch (SocketTimeoutException | ProtocolException e) {
            throw e;
        } catch (IOException e) {
            if (cancelled || before.answering() || !text.reused()) {
                throw e;
            }
            drop();
            parts.tallies().retried();
            return over(connected(wish), wish);
        }
    }

    private HttpAnswer over(HttpLink at, Wish wish) throws IOException {
        Bytes request = text.request();
        if (wish.kind() == Kind.SLOW) {
            dribble(at, request);
        } else {
            at.send(request.array(), 0, request.length());
        }
        HttpAnswer answer = at.receive();
        text.answered(answer.keepAlive());
        if (!answer.keepAlive()) {
            drop();
        }
        return answer;
    }

    private void dribble(HttpLink at, Bytes request) throws IOException {
        long pause = traffic.slowTime().toNanos() / SLOW_PIECES;
        int piece = Math.ceilDiv(request.length(), SLOW_PIECES);
        for (int offset = 0; offset < request.length(); offset += piece) {
            at.send(request.array(), offset, Math.min(piece, request.length() - offset));
            long next = parts.time().nanos() + pause;
            while (parts.time().nanos() < next && !cancelled) {
                parts.time().parkUntil(next);
            }
        }
    }

    private void settle(Wish wish, long first, Receipt receipt, int status) {
        Lane lane = wish.kind().lane();
        List<Note> notes = receipt.notes();
        parts.ledger().answered(lane, first, notes);
        parts.acks().answered(lane, first, receipt);
        parts.tallies().status(status);
        boolean surprise = false;
        boolean open = false;
        long number = first;
        for (Note note : notes) {
            parts.tallies().noted(note);
            boolean invalid = parts.text().invalid(lane, number++);
            surprise |= invalid ? isTaken(note) : note == Note.REJECTED;
            open |= note == Note.UNKNOWN || note == Note.NOT_TAKEN;
            count(invalid, note);
        }
        if (open || surprise) {
            throw new FailedOperation(
                    open ? words(status) : "unexpected answer",
                    "status %d to a request of %d events".formatted(status, notes.size()),
                    null);
        }
        parts.tallies().acknowledged(text.request().length());
    }

    private void count(boolean invalid, Note note) {
        if (invalid && isTaken(note)) {
            parts.tallies().wronglyTaken();
        } else if (!invalid && note == Note.REJECTED) {
            parts.tallies().wronglyRejected();
        }
    }

    private static boolean isTaken(Note note) {
        return note == Note.ACKNOWLEDGED || note == Note.DUPLICATE;
    }

    private static String words(int status) {
        return switch (status) {
            case HttpAnswer.OVER_QUOTA -> "429 over quota";
            case HttpAnswer.OVERLOADED -> "503 overloaded";
            case HttpAnswer.NO_OUTCOME -> "504 outcome unknown";
            default -> "status " + status;
        };
    }

    private RuntimeException failed(IOException e) {
        if (cancelled || e instanceof SocketTimeoutException) {
            return new DeadlinePassed();
        }
        String kind =
                switch (e) {
                    case ConnectException _ -> "connection refused";
                    case ProtocolException _ -> "no answer of HTTP";
                    case SSLHandshakeException _ -> "TLS refused";
                    default -> "connection broken";
                };
        return new FailedOperation(kind, String.valueOf(e.getMessage()), e);
    }

    private void drop() {
        HttpLink there = link;
        link = null;
        text.reconnected();
        if (there != null) {
            there.close();
        }
    }

    /// Makes the request under way end soon; its connection is lost. First it leaves its mark, then
    /// it looks for the connection, as [#send] first shows it and then looks for the mark.
    void cancel() {
        cancelled = true;
        HttpLink there = link;
        if (there != null) {
            there.abort();
        }
    }

    @Override
    public void close() {
        drop();
    }
}
