-- Destinations with history, and where each stands.
CREATE TABLE maru_stream (
    name TEXT   NOT NULL PRIMARY KEY,
    head BIGINT NOT NULL
);

CREATE TABLE maru_stream_message (
    stream            TEXT   NOT NULL,
    position          BIGINT NOT NULL,
    author            TEXT   NOT NULL,
    client_message_id TEXT,
    content_type      TEXT,
    headers           BYTEA  NOT NULL,
    body              BYTEA  NOT NULL,
    PRIMARY KEY (stream, position)
);

CREATE UNIQUE INDEX maru_stream_message_repeat ON maru_stream_message (stream, author, client_message_id)
    WHERE client_message_id IS NOT NULL;
