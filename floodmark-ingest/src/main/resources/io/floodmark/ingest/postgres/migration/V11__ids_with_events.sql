-- Layout 11: an id is told from its duplicates by a unique index on its day's partition, see
-- Partitions, no longer by a table of ids. As bytes, because nothing sorts or looks them up in a
-- language's order.
ALTER TABLE "${schema}".ingest_events
    ALTER COLUMN tenant   TYPE text COLLATE "C",
    ALTER COLUMN event_id TYPE text COLLATE "C";
DROP TABLE "${schema}".ingest_ids;

DO $$
DECLARE part pg_class;
BEGIN
    FOR part IN SELECT c.* FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
                WHERE inhparent = '"${schema}".ingest_events'::regclass
    LOOP
        EXECUTE format('CREATE UNIQUE INDEX %I ON %s (event_id, tenant)',
                       part.relname || '_once', part.oid::regclass);
    END LOOP;
END $$;

-- On the partitions of days that are over: the ids of a day may be looked up in it from then on,
-- and nothing is added behind the back of those who did.
CREATE FUNCTION "${schema}".ingest_day_is_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = 'FM001',
        MESSAGE = format('%I takes no more events: a service has begun the day after it', TG_TABLE_NAME),
        HINT = 'To add events of the past drop the trigger ingest_day_is_over of this partition; ids of later days are not compared with theirs.';
END $$;
