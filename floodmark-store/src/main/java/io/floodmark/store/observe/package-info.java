/// What a store tells a listener of its work: each operation, each group commit, and how much
/// waits.
///
/// The types are the store's own and need no metrics library. A listener for Micrometer is a module
/// of its own.
@NullMarked
package io.floodmark.store.observe;

import org.jspecify.annotations.NullMarked;
