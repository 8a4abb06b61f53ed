-- Which of all folders is the archive's: the one that has a file with this mark.
CREATE TABLE maru_archive_place (
    id   INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    mark TEXT    NOT NULL
);
