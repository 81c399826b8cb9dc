/// The one place of the command line that knows the event store's PostgreSQL engine: opens stores
/// and looks at their tables for the `store` commands.
@NullMarked
package io.floodmark.cli.postgres;

import org.jspecify.annotations.NullMarked;
