-- Layout 1. ${schema} is a validated name, see IngestSchema.

-- Every id that was stored, once for each tenant: the id of a tenant's event, or a hash of both. It
-- is apart from the events, because they are partitioned by time and an id must be unique over all
-- time. batch tells the writer that lost its connection whether a row is its own.
CREATE TABLE "${schema}".ingest_ids (
    id          uuid        NOT NULL,
    batch       bigint      NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (id)
) WITH (autovacuum_vacuum_insert_scale_factor = 0.05);
CREATE INDEX ON "${schema}".ingest_ids USING brin (received_at);

CREATE TABLE "${schema}".ingest_events (
    received_at timestamptz NOT NULL,
    occurred_at timestamptz NOT NULL,
    tenant      text        NOT NULL,
    event_id    text        NOT NULL,
    event_type  text        NOT NULL,
    key         text,
    event       jsonb       NOT NULL
) PARTITION BY RANGE (received_at);
CREATE INDEX ON "${schema}".ingest_events USING brin (received_at);

-- Events that the database refused, with its reason; sent again, one row counts on.
CREATE TABLE "${schema}".ingest_dead_letters (
    id          uuid        NOT NULL,
    first_at    timestamptz NOT NULL,
    last_at     timestamptz NOT NULL,
    times       integer     NOT NULL DEFAULT 1,
    tenant      text        NOT NULL,
    event_id    text        NOT NULL,
    event_type  text        NOT NULL,
    sqlstate    text        NOT NULL,
    reason      text        NOT NULL,
    event       bytea       NOT NULL,
    PRIMARY KEY (id)
);
