package io.floodmark.store.tck;

import org.junit.jupiter.api.Nested;

/// All that an event store promises. A store's test class extends this and says how to open it:
///
/// ```java
/// final class MyStoreTest extends EventStoreContract {
///     @Override
///     protected StoreUnderTest open() {
///         return new MyStoreUnderTest();
///     }
/// }
/// ```
public abstract class EventStoreContract {

    /// The store on storage that nobody used before.
    protected abstract StoreUnderTest open();

    @Nested
    class Appending extends AppendContract {
        @Override
        protected StoreUnderTest open() {
            return EventStoreContract.this.open();
        }
    }

    @Nested
    class Repeating extends IdempotencyContract {
        @Override
        protected StoreUnderTest open() {
            return EventStoreContract.this.open();
        }
    }

    @Nested
    class Reading extends ReadContract {
        @Override
        protected StoreUnderTest open() {
            return EventStoreContract.this.open();
        }
    }

    @Nested
    class Keeping extends EventFidelityContract {
        @Override
        protected StoreUnderTest open() {
            return EventStoreContract.this.open();
        }
    }

    @Nested
    class Being_consistent extends ConsistencyContract {
        @Override
        protected StoreUnderTest open() {
            return EventStoreContract.this.open();
        }
    }

    @Nested
    class Saving_snapshots extends SnapshotContract {
        @Override
        protected StoreUnderTest open() {
            return EventStoreContract.this.open();
        }
    }

    @Nested
    class Subscribing extends SubscriptionContract {
        @Override
        protected StoreUnderTest open() {
            return EventStoreContract.this.open();
        }
    }

    @Nested
    class Sharing_subscriptions extends CompetingConsumersContract {
        @Override
        protected StoreUnderTest open() {
            return EventStoreContract.this.open();
        }
    }

    @Nested
    class Ending_early extends CancellationContract {
        @Override
        protected StoreUnderTest open() {
            return EventStoreContract.this.open();
        }
    }

    @Nested
    class Under_contention extends HistoryContract {
        @Override
        protected StoreUnderTest open() {
            return EventStoreContract.this.open();
        }
    }
}
