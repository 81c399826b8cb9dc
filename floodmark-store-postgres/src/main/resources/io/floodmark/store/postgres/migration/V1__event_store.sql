-- Layout 1. ${schema} and ${prefix} are validated names, see StoreNames.

CREATE TABLE "${schema}"."${prefix}store" (
    one          boolean     PRIMARY KEY DEFAULT true CHECK (one),
    id           uuid        NOT NULL DEFAULT gen_random_uuid(),
    layout       integer     NOT NULL,
    segment_size bigint      NOT NULL CHECK (segment_size BETWEEN 100 AND 1000000000),
    created_at   timestamptz NOT NULL DEFAULT now()
);
INSERT INTO "${schema}"."${prefix}store" (layout, segment_size) VALUES (1, ${segmentSize});

-- The one point where appends are put in order: whoever moves position, in the transaction that
-- inserts the events, has decided the order. Positions have no gaps, and their order is the order
-- of commits. promoted counts changes of promoted_key: a writer moves the head only if both are
-- what it knows, so that no writer with an old set of keys can leave a key out.
CREATE TABLE "${schema}"."${prefix}log_head" (
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    position bigint  NOT NULL CHECK (position >= 0),
    promoted integer NOT NULL DEFAULT 0
) WITH (
    fillfactor = 10,
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 1000000
);
INSERT INTO "${schema}"."${prefix}log_head" (position) VALUES (0);

-- Columns of fixed width come first: no padding. Payload and metadata are text and not jsonb,
-- because what was given must come back byte for byte.
CREATE TABLE "${schema}"."${prefix}events" (
    position    bigint      NOT NULL,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    id          uuid        NOT NULL,
    type        text COLLATE "C" NOT NULL,
    tags        text[]      NOT NULL,
    payload     text        NOT NULL,
    metadata    text        NOT NULL,
    PRIMARY KEY (position)
) PARTITION BY RANGE (position);
CREATE INDEX ON "${schema}"."${prefix}events" (type, position);
CREATE INDEX ON "${schema}"."${prefix}events"
    USING brin (occurred_at) WITH (pages_per_range = 32, autosummarize = on);

-- One row for each distinct hash of an event's tags and promoted payload members.
CREATE TABLE "${schema}"."${prefix}event_tag" (
    tag_hash bigint NOT NULL,
    position bigint NOT NULL
) PARTITION BY RANGE (position);
CREATE INDEX ON "${schema}"."${prefix}event_tag" (tag_hash, position);

-- Payload members that are indexed like tags in all events after position since.
CREATE TABLE "${schema}"."${prefix}promoted_key" (
    key   text   PRIMARY KEY,
    since bigint NOT NULL CHECK (since >= 0)
);

-- What each conditional append was decided on, so that the whole log can be verified later.
CREATE TABLE "${schema}"."${prefix}append_condition" (
    first    bigint PRIMARY KEY,
    last     bigint NOT NULL,
    after    bigint NOT NULL,
    query    text   NOT NULL
);

CREATE TABLE "${schema}"."${prefix}snapshot" (
    projection text        NOT NULL,
    query_hash text        NOT NULL,
    position   bigint      NOT NULL,
    taken_at   timestamptz NOT NULL,
    data       text        NOT NULL,
    PRIMARY KEY (projection, query_hash)
);

-- A subscription; its id is new when it is deleted and made again under the same name.
CREATE TABLE "${schema}"."${prefix}subscription" (
    name       text        PRIMARY KEY,
    id         uuid        NOT NULL UNIQUE,
    query_hash text        NOT NULL,
    tag_key    text,
    partitions integer     NOT NULL CHECK (partitions >= 1),
    created_at timestamptz NOT NULL DEFAULT now()
);

-- The consumers that live, so that each can know its share of the partitions.
CREATE TABLE "${schema}"."${prefix}subscription_consumer" (
    subscription uuid        NOT NULL
                 REFERENCES "${schema}"."${prefix}subscription" (id) ON DELETE CASCADE,
    consumer     uuid        NOT NULL,
    live_until   timestamptz NOT NULL,
    PRIMARY KEY (subscription, consumer)
) WITH (fillfactor = 50);

-- Progress of each partition: the last position that was acknowledged, and the lease of the consumer
-- to whom the partition is delivered. Each new lease has a higher epoch; only the holder of the
-- current one can move the position.
CREATE TABLE "${schema}"."${prefix}subscription_progress" (
    subscription uuid        NOT NULL
                 REFERENCES "${schema}"."${prefix}subscription" (id) ON DELETE CASCADE,
    partition    integer     NOT NULL,
    position     bigint      NOT NULL,
    epoch        bigint      NOT NULL DEFAULT 0,
    holder       uuid,
    leased_until timestamptz,
    PRIMARY KEY (subscription, partition)
) WITH (fillfactor = 50);

-- Creates the segments that hold positions up to upto and returns how many are new. Segment n holds
-- positions n * size + 1 to (n + 1) * size. A segment is made apart and then attached, which
-- disturbs neither readers nor writers; calls at the same time wait for each other.
CREATE FUNCTION "${schema}"."${prefix}create_segments"(upto bigint) RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    size    bigint;
    low     bigint;
    high    bigint;
    segment text;
    created integer := 0;
BEGIN
    IF upto < 1 THEN
        RAISE EXCEPTION 'positions begin at 1, was %', upto USING ERRCODE = '22023';
    END IF;
    SELECT segment_size INTO STRICT size FROM "${schema}"."${prefix}store";
    IF to_regclass(format('%I.%I', '${schema}',
            '${prefix}events_s' || lpad(((upto - 1) / size)::text, 8, '0'))) IS NOT NULL THEN
        RETURN 0;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('${schema}.${prefix}create_segments', 0));
    FOR number IN 0 .. (upto - 1) / size LOOP
        segment := lpad(number::text, 8, '0');
        -- Not to_regclass: it may answer from before the lock, for an advisory lock does not make
        -- a session notice what others created meanwhile.
        CONTINUE WHEN EXISTS (
            SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = '${schema}' AND c.relname = '${prefix}events_s' || segment);
        low := number * size + 1;
        high := low + size;
        EXECUTE format(
            'CREATE TABLE %1$I.%2$I (LIKE %1$I.%3$I INCLUDING DEFAULTS INCLUDING CONSTRAINTS
                INCLUDING STORAGE INCLUDING COMPRESSION) WITH (
                autovacuum_vacuum_insert_scale_factor = 0,
                autovacuum_vacuum_insert_threshold = 200000,
                autovacuum_freeze_min_age = 0,
                autovacuum_analyze_scale_factor = 0,
                autovacuum_analyze_threshold = 100000)',
            '${schema}', '${prefix}event_tag_s' || segment, '${prefix}event_tag');
        EXECUTE format('ALTER TABLE %1$I.%3$I ATTACH PARTITION %1$I.%2$I FOR VALUES FROM (%4$L) TO (%5$L)',
            '${schema}', '${prefix}event_tag_s' || segment, '${prefix}event_tag', low, high);
        EXECUTE format(
            'CREATE TABLE %1$I.%2$I (LIKE %1$I.%3$I INCLUDING DEFAULTS INCLUDING CONSTRAINTS
                INCLUDING STORAGE INCLUDING COMPRESSION) WITH (
                autovacuum_vacuum_insert_scale_factor = 0,
                autovacuum_vacuum_insert_threshold = 100000,
                autovacuum_freeze_min_age = 0,
                autovacuum_analyze_scale_factor = 0,
                autovacuum_analyze_threshold = 50000)',
            '${schema}', '${prefix}events_s' || segment, '${prefix}events');
        EXECUTE format('CREATE UNIQUE INDEX %2$I ON %1$I.%3$I (id)',
            '${schema}', '${prefix}events_s' || segment || '_id', '${prefix}events_s' || segment);
        EXECUTE format('ALTER TABLE %1$I.%3$I ATTACH PARTITION %1$I.%2$I FOR VALUES FROM (%4$L) TO (%5$L)',
            '${schema}', '${prefix}events_s' || segment, '${prefix}events', low, high);
        created := created + 1;
    END LOOP;
    RETURN created;
END
$$;
