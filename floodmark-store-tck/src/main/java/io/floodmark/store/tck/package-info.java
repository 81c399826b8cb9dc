/// The contract that every event store must pass, as tests to inherit. A store's test class extends
/// [io.floodmark.store.tck.EventStoreContract] and says how to open the store on fresh storage;
/// what a store cannot do in a test, such as a second instance, it leaves out, and the tests that
/// need it are reported as skipped.
@NullMarked
package io.floodmark.store.tck;

import org.jspecify.annotations.NullMarked;
