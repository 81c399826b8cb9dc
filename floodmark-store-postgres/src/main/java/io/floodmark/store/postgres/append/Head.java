package io.floodmark.store.postgres.append;

/// The head row of the log.
///
/// @param position the last position
/// @param promotedRevision the revision of the promoted keys
record Head(long position, int promotedRevision) {}
