/// The event store: its model, its interfaces, and the store in memory that specifies them.
module io.floodmark.store {
    requires static org.jspecify;

    exports io.floodmark.store;
    exports io.floodmark.store.memory;
    exports io.floodmark.store.observe;
}
