-- Queues in which something waits, leased messages included.
CREATE TABLE maru_queue (
    name     TEXT   NOT NULL PRIMARY KEY,
    messages BIGINT NOT NULL,
    bytes    BIGINT NOT NULL
);

-- The ids only rise, so that what comes later never stands before what waits.
CREATE TABLE maru_queue_message (
    id           BIGINT  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    queue        TEXT    NOT NULL,
    origin       TEXT,
    attempts     INTEGER NOT NULL,
    leased       INTEGER NOT NULL,
    size         BIGINT  NOT NULL,
    content_type TEXT,
    headers      BYTEA   NOT NULL,
    body         BYTEA   NOT NULL
);

CREATE INDEX maru_queue_message_waiting ON maru_queue_message (queue, id) WHERE leased = 0;

CREATE INDEX maru_queue_message_leased ON maru_queue_message (leased) WHERE leased = 1;
