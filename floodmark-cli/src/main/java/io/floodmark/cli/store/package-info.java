/// What the `store` commands do, without options and terminals: events as lines of JSON, export and
/// import with their progress, filters, tables.
///
/// Everything is streamed, works on any [io.floodmark.store.EventStore], and takes streams and
/// clocks as arguments.
@NullMarked
package io.floodmark.cli.store;

import org.jspecify.annotations.NullMarked;
