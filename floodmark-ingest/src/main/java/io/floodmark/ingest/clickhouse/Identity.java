package io.floodmark.ingest.clickhouse;

import io.floodmark.ingest.Delivery;

/// What makes two events the same one.
record Identity(String tenant, String id) {
    static Identity of(Delivery delivery) {
        return new Identity(delivery.tenant(), delivery.event().id());
    }
}
