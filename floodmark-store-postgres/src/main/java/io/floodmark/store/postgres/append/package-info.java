/// The append engine: group commit by one writer thread per open store.
///
/// Callers queue their requests; the writer decides a whole batch against an in-memory tail of the
/// log and commits it by one statement, guarded by compare-and-set on the head of the log. That row
/// is the only point of serialisation: a writer whose tail is stale writes nothing, reads what it
/// missed and decides again. What lies before the tail is looked up by the callers, not the writer.
@NullMarked
package io.floodmark.store.postgres.append;

import org.jspecify.annotations.NullMarked;
