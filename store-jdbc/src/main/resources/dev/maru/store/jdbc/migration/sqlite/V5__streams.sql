-- Destinations with history, and where each stands.
CREATE TABLE maru_stream (
    name TEXT    NOT NULL PRIMARY KEY,
    head INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE maru_stream_message (
    stream            TEXT    NOT NULL,
    position          INTEGER NOT NULL,
    author            TEXT    NOT NULL,
    client_message_id TEXT,
    content_type      TEXT,
    headers           BLOB    NOT NULL,
    body              BLOB    NOT NULL,
    PRIMARY KEY (stream, position)
);

CREATE UNIQUE INDEX maru_stream_message_repeat ON maru_stream_message (stream, author, client_message_id)
    WHERE client_message_id IS NOT NULL;
