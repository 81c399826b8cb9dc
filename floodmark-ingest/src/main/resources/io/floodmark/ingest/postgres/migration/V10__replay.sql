-- When a dead letter was sent through once more and stored; it stays as a note.
ALTER TABLE "${schema}".ingest_dead_letters ADD COLUMN replayed_at timestamptz;
