/// Proofs for the connections: the pool against a factory that fails at random, everything else
/// against a real server.
@NullMarked
package io.floodmark.load.postgres;

import org.jspecify.annotations.NullMarked;
