/// Catching up with the log and following it, with durable progress shared by several consumers.
///
/// Positions follow the order of commits without gaps, so that "all after my position" misses
/// nothing. A notification for each commit wakes the consumers; looking again now and then is
/// enough without it. Public for the other packages of this library only.
@NullMarked
package io.floodmark.store.postgres.subscription;

import org.jspecify.annotations.NullMarked;
