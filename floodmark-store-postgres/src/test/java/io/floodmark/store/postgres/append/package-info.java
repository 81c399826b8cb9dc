/// Tests of the append engine on real servers: its contract, concurrent histories, crashes.
@NullMarked
package io.floodmark.store.postgres.append;

import org.jspecify.annotations.NullMarked;
