-- Layout 11: an id is told from its duplicates by a unique index on its day's partition, which
-- Partitions makes, no longer by a table of ids. Compared as bytes, because nobody needs them in the
-- order of a language. (First the ids, in the order in which services lock them.)
DROP TABLE "${schema}".ingest_ids;
ALTER TABLE "${schema}".ingest_events
    ALTER COLUMN tenant   TYPE text COLLATE "C",
    ALTER COLUMN event_id TYPE text COLLATE "C";

DO $$
DECLARE part regclass;
BEGIN
    FOR part IN SELECT inhrelid::regclass FROM pg_inherits
                WHERE inhparent = '"${schema}".ingest_events'::regclass
    LOOP
        EXECUTE format('CREATE UNIQUE INDEX ON %s (event_id, tenant)', part);
    END LOOP;
END $$;

-- On the partitions of days that are over: the ids of a day may be looked up in it from then on,
-- and nothing is added behind the back of those who did.
CREATE FUNCTION "${schema}".ingest_day_is_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = 'FM001',
        MESSAGE = format('%I takes no more events: a service has begun the day after it', TG_TABLE_NAME),
        HINT = 'To add events of the past drop the trigger ingest_day_is_over of this partition; the next start of a service makes it again.';
END $$;
