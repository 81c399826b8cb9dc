package io.floodmark.load.events;

import io.floodmark.load.engine.Client;
import io.floodmark.load.engine.DeadlinePassed;
import io.floodmark.load.engine.FailedOperation;
import io.floodmark.load.engine.Operation;
import io.floodmark.store.AppendOutcomeUnknown;
import io.floodmark.store.DeadlineExceeded;
import io.floodmark.store.DuplicateEventId;
import io.floodmark.store.OperationCancelled;
import io.floodmark.store.StoreException;
import io.floodmark.store.StoreNotReady;
import io.floodmark.store.StoreOverloaded;
import io.floodmark.store.StoreUnavailable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One worker at the library's desk.
///
/// The store itself ends each call at the operation's deadline; [#cancel] interrupts the worker,
/// which the store promises to end as well.
///
/// *Threads.* As [Client] says. The lock is held for as long as it takes to interrupt: an interrupt
/// never reaches the next operation, nor the engine's own waiting.
final class LibraryClient implements Client {

    private final LibraryDesk desk;
    private final List<Kind> kinds;
    private @Nullable Thread performing;

    /// @param kinds the kinds of operation by the engine's index
    LibraryClient(LibraryDesk desk, List<Kind> kinds) {
        this.desk = desk;
        this.kinds = List.copyOf(kinds);
    }

    @Override
    public void perform(Operation operation) {
        begin();
        try {
            operation.sent();
            desk.perform(
                    new LibraryDesk.Wish(
                            kinds.get(operation.kind()),
                            operation.sequence(),
                            operation.deadlineNanos()));
        } catch (DeadlineExceeded | OperationCancelled e) {
            throw operation.overdue() ? new DeadlinePassed() : failed(e);
        } catch (StoreException e) {
            throw failed(e);
        } finally {
            end();
        }
    }

    private static FailedOperation failed(StoreException e) {
        String kind =
                switch (e) {
                    case StoreUnavailable _ -> "store unavailable";
                    case StoreOverloaded _ -> "store overloaded";
                    case StoreNotReady _ -> "store not ready";
                    case AppendOutcomeUnknown _ -> "append outcome unknown";
                    case DuplicateEventId _ -> "duplicate event id";
                    case DeadlineExceeded _ -> "store gave up early";
                    case OperationCancelled _ -> "operation cancelled";
                };
        return new FailedOperation(kind, String.valueOf(e.getMessage()), e);
    }

    private synchronized void begin() {
        performing = Thread.currentThread();
    }

    private synchronized void end() {
        performing = null;
        Thread.interrupted();
    }

    @Override
    public synchronized void cancel() {
        if (performing != null) {
            performing.interrupt();
        }
    }
}
