-- Times are milliseconds since 1970. Offsets and seqs are gapless in their room, from 1.

CREATE TABLE maru_room (
    id              TEXT   NOT NULL PRIMARY KEY,
    name            TEXT   NOT NULL,
    head            BIGINT NOT NULL DEFAULT 0,
    event_head      BIGINT NOT NULL DEFAULT 0,
    oldest          BIGINT NOT NULL DEFAULT 1,
    oldest_event    BIGINT NOT NULL DEFAULT 1,
    revision        BIGINT NOT NULL DEFAULT 0,
    created_at      BIGINT NOT NULL,
    created_by      TEXT   NOT NULL,
    last_message_at BIGINT,
    active_at       BIGINT NOT NULL,
    deleted_at      BIGINT
);

CREATE INDEX maru_room_active ON maru_room (active_at);

INSERT INTO maru_room (id, name, created_at, created_by, active_at)
SELECT 'lobby', 'Lobby', ms, 'system', ms FROM (SELECT CAST(extract(epoch FROM now()) * 1000 AS BIGINT) AS ms) AS t;

CREATE TABLE maru_message (
    row_no            BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    room              TEXT   NOT NULL REFERENCES maru_room (id),
    "offset"          BIGINT NOT NULL,
    id                TEXT   NOT NULL,
    author_id         TEXT   NOT NULL,
    author_name       TEXT   NOT NULL,
    text              TEXT   NOT NULL,
    client_message_id TEXT,
    reply_to          TEXT,
    version           INTEGER NOT NULL DEFAULT 1,
    edited_at         BIGINT,
    deleted_at        BIGINT,
    sent_at           BIGINT NOT NULL,
    attributes        TEXT
);

CREATE UNIQUE INDEX maru_message_place ON maru_message (room, "offset");
CREATE UNIQUE INDEX maru_message_id ON maru_message (id);
CREATE UNIQUE INDEX maru_message_repeat ON maru_message (room, author_id, client_message_id)
    WHERE client_message_id IS NOT NULL;

CREATE TABLE maru_room_event (
    room       TEXT   NOT NULL REFERENCES maru_room (id),
    seq        BIGINT NOT NULL,
    kind       TEXT   NOT NULL,
    message_id TEXT,
    actor      TEXT   NOT NULL,
    data       TEXT,
    at         BIGINT NOT NULL,
    PRIMARY KEY (room, seq)
);

CREATE TABLE maru_member (
    room     TEXT   NOT NULL REFERENCES maru_room (id),
    person   TEXT   NOT NULL,
    name     TEXT   NOT NULL,
    added_at BIGINT NOT NULL,
    PRIMARY KEY (room, person)
);

CREATE INDEX maru_member_person ON maru_member (person, room);

-- What waits for somebody to decide whether it becomes a message.
CREATE TABLE maru_held_message (
    id                TEXT   NOT NULL PRIMARY KEY,
    room              TEXT   NOT NULL,
    author_id         TEXT   NOT NULL,
    author_name       TEXT   NOT NULL,
    text              TEXT   NOT NULL,
    client_message_id TEXT,
    reply_to          TEXT,
    reason            TEXT   NOT NULL,
    held_at           BIGINT NOT NULL
);

CREATE UNIQUE INDEX maru_held_message_repeat ON maru_held_message (room, author_id, client_message_id)
    WHERE client_message_id IS NOT NULL;
CREATE INDEX maru_held_message_age ON maru_held_message (held_at, id);

-- How much of each file of the archive counts. What lies beyond that in the file was not finished.
CREATE TABLE maru_archive_file (
    room     TEXT   NOT NULL REFERENCES maru_room (id),
    month    TEXT   NOT NULL,
    bytes    BIGINT NOT NULL,
    messages BIGINT NOT NULL,
    PRIMARY KEY (room, month)
);

-- What was sent before this time may have left for the archive.
CREATE TABLE maru_archive (
    id     INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    before BIGINT  NOT NULL
);
