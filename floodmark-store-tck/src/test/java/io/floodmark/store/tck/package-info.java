/// The contract kept by the store that is its executable specification.
@NullMarked
package io.floodmark.store.tck;

import org.jspecify.annotations.NullMarked;
