/// Keeps what the library logs, for tests.
@NullMarked
package io.floodmark.store.postgres.logs;

import org.jspecify.annotations.NullMarked;
