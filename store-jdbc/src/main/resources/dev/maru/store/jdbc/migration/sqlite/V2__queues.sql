-- Queues in which something waits, leased messages included.
CREATE TABLE maru_queue (
    name     TEXT    NOT NULL PRIMARY KEY,
    messages INTEGER NOT NULL,
    bytes    INTEGER NOT NULL
) WITHOUT ROWID;

-- The ids only rise, so that what comes later never stands before what waits.
CREATE TABLE maru_queue_message (
    id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    queue        TEXT    NOT NULL,
    origin       TEXT,
    attempts     INTEGER NOT NULL,
    leased       INTEGER NOT NULL,
    size         INTEGER NOT NULL,
    content_type TEXT,
    headers      BLOB    NOT NULL,
    body         BLOB    NOT NULL
);

CREATE INDEX maru_queue_message_waiting ON maru_queue_message (queue, id) WHERE leased = 0;

CREATE INDEX maru_queue_message_leased ON maru_queue_message (leased) WHERE leased = 1;
