-- The first message and the first event of a room that are still here; one more than the head's where none is.
ALTER TABLE maru_room ADD COLUMN oldest INTEGER NOT NULL DEFAULT 1;
ALTER TABLE maru_room ADD COLUMN oldest_event INTEGER NOT NULL DEFAULT 1;

-- How much of each file of the archive counts. What lies beyond that in the file was not finished.
CREATE TABLE maru_archive_file (
    room     TEXT    NOT NULL REFERENCES maru_room (id),
    month    TEXT    NOT NULL,
    bytes    INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    PRIMARY KEY (room, month)
) WITHOUT ROWID;

-- What was sent before this time may have left for the archive.
CREATE TABLE maru_archive (
    id     INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    before INTEGER NOT NULL
);

-- What is deleted is only marked in the index and goes when new messages make it merge: merging for the sake of what was
-- deleted would hold up the writer for seconds.
INSERT INTO maru_search_pairs (maru_search_pairs, rank) VALUES ('deletemerge', 0);
INSERT INTO maru_search_letters (maru_search_letters, rank) VALUES ('deletemerge', 0);
