package io.floodmark.store.postgres.observe;

import io.floodmark.store.observe.AnsweredBy;

/// What one call of the store leaves behind, noted wherever its work is done.
///
/// The thread that makes the call has it as [#current()]; threads that work for the call take it
/// along by [#carried(Runnable)]. *Threads:* for all.
public sealed interface Footprint permits NoFootprint, CallFootprint {

    /// That of the call which this thread works for; one that notes nothing if nobody listens.
    static Footprint current() {
        return CallFootprint.CURRENT.orElse(NoFootprint.NONE);
    }

    /// `work` for another thread, which shall work for this call.
    Runnable carried(Runnable work);

    /// A statement begins.
    void toServer();

    /// The statement that began on this thread has ended, and what it gave is read.
    void fromServer();

    /// Statements were run for this call and others together.
    void sharedSql(long nanos);

    /// This server's answer is the one that counts.
    void answeredBy(AnsweredBy server);

    /// So many events went to or came from the server; the last word counts.
    void moved(int events, long bytes);

    /// The events of the append were stored already; by this call itself, if it lost an answer.
    void repeated();

    /// The answer to a commit of this call's events was lost.
    void answerLost();
}
