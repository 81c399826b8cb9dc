/// What an append-only event store wants from its PostgreSQL servers: rules as data, a pure
/// function from facts about a server to recommendations, the sizing of connection pools, a list of
/// settings that do nothing or harm, and the code that reads, applies and reverts them on a real
/// server.
///
/// [TuningRules] decides and [TunedServer] acts; neither knows how an event is stored.
@NullMarked
package io.floodmark.store.postgres.tune;

import org.jspecify.annotations.NullMarked;
