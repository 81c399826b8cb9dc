package io.floodmark.load.postgres;

import java.sql.SQLException;

/// What a [SessionPool] needs to know of its sessions beside closing them.
///
/// *Threads.* Called by virtual threads of the pool, several at once.
///
/// @param <S> the session: a connection with the prepared statements that it owns
public interface SessionFactory<S extends AutoCloseable> {

    /// Opens a session; may block as long as the target's own timeouts allow. An interrupt should
    /// end it.
    S open() throws SQLException;

    /// Breaks the session off at once, also when the server is frozen; whoever is blocked in it
    /// fails.
    void abort(S session);
}
