-- How often a room was renamed or deleted, so that of two states of it the later one can be told.
ALTER TABLE maru_room ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;

CREATE TABLE maru_member (
    room     TEXT    NOT NULL REFERENCES maru_room (id),
    person   TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (room, person)
) WITHOUT ROWID;

CREATE INDEX maru_member_person ON maru_member (person, room);

-- What waits for somebody to decide whether it becomes a message.
CREATE TABLE maru_held_message (
    id                TEXT    NOT NULL PRIMARY KEY,
    room              TEXT    NOT NULL,
    author_id         TEXT    NOT NULL,
    author_name       TEXT    NOT NULL,
    text              TEXT    NOT NULL,
    client_message_id TEXT,
    reply_to          TEXT,
    reason            TEXT    NOT NULL,
    held_at           INTEGER NOT NULL
);

CREATE UNIQUE INDEX maru_held_message_repeat ON maru_held_message (room, author_id, client_message_id)
    WHERE client_message_id IS NOT NULL;
CREATE INDEX maru_held_message_age ON maru_held_message (held_at, id);
