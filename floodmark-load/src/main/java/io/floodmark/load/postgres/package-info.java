/// Connections for a load generator: where the server is, what its refusals mean, sessions whose
/// running statement can be ended at a deadline, and a small pool that honours each caller's own
/// deadline; errands beside the load. Everything above speaks JDBC only through these.
@NullMarked
package io.floodmark.load.postgres;

import org.jspecify.annotations.NullMarked;
