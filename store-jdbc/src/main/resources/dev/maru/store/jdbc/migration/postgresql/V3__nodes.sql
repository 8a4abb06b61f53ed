-- The processes that write to this database, each for as long as it renews its lease; by the database's clock.
CREATE TABLE maru_node (
    id           BIGINT      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started_at   TIMESTAMPTZ NOT NULL,
    renewed_at   TIMESTAMPTZ NOT NULL,
    expires_at   TIMESTAMPTZ NOT NULL,
    people_until TIMESTAMPTZ NOT NULL
);

-- Leased is the id of the node that has the lease, or 0.
DROP INDEX maru_queue_message_leased;

ALTER TABLE maru_queue_message ALTER COLUMN leased TYPE BIGINT;

UPDATE maru_queue_message SET leased = 0 WHERE leased <> 0;

CREATE INDEX maru_queue_message_leased ON maru_queue_message (leased) WHERE leased <> 0;
