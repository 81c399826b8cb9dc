/// Tests of the whole store on real servers.
@NullMarked
package io.floodmark.store.postgres;

import org.jspecify.annotations.NullMarked;
