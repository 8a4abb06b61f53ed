-- Times are milliseconds since 1970. Offsets and seqs are gapless in their room, from 1.

CREATE TABLE maru_room (
    id              TEXT    NOT NULL PRIMARY KEY,
    name            TEXT    NOT NULL,
    head            INTEGER NOT NULL DEFAULT 0,
    event_head      INTEGER NOT NULL DEFAULT 0,
    created_at      INTEGER NOT NULL,
    created_by      TEXT    NOT NULL,
    last_message_at INTEGER,
    active_at       INTEGER NOT NULL,
    deleted_at      INTEGER
);

CREATE INDEX maru_room_active ON maru_room (active_at);

INSERT INTO maru_room (id, name, created_at, created_by, active_at)
SELECT 'lobby', 'Lobby', ms, 'system', ms FROM (SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER) AS ms);

CREATE TABLE maru_message (
    row_no            INTEGER NOT NULL PRIMARY KEY,
    room              TEXT    NOT NULL REFERENCES maru_room (id),
    "offset"          INTEGER NOT NULL,
    id                TEXT    NOT NULL,
    author_id         TEXT    NOT NULL,
    author_name       TEXT    NOT NULL,
    text              TEXT    NOT NULL,
    client_message_id TEXT,
    reply_to          TEXT,
    version           INTEGER NOT NULL DEFAULT 1,
    edited_at         INTEGER,
    deleted_at        INTEGER,
    sent_at           INTEGER NOT NULL,
    attributes        TEXT
);

CREATE UNIQUE INDEX maru_message_place ON maru_message (room, "offset");
CREATE UNIQUE INDEX maru_message_id ON maru_message (id);
CREATE UNIQUE INDEX maru_message_repeat ON maru_message (room, author_id, client_message_id)
    WHERE client_message_id IS NOT NULL;

CREATE TABLE maru_room_event (
    room       TEXT    NOT NULL REFERENCES maru_room (id),
    seq        INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    message_id TEXT,
    actor      TEXT    NOT NULL,
    data       TEXT,
    at         INTEGER NOT NULL,
    PRIMARY KEY (room, seq)
) WITHOUT ROWID;
