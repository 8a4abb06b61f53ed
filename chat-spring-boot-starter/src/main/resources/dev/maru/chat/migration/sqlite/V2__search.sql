-- Pairs of letters that follow one another in a text, and its single letters, in an encoding of our own: see TextIndex.

CREATE VIRTUAL TABLE maru_search_pairs
    USING fts5(pairs, content='', contentless_delete=1, tokenize='ascii');

CREATE VIRTUAL TABLE maru_search_letters
    USING fts5(letters, content='', contentless_delete=1, tokenize='ascii', detail=none);

-- The last row of maru_message that is in the index.
CREATE TABLE maru_search_cursor (
    id     INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    row_no INTEGER NOT NULL
);

INSERT INTO maru_search_cursor (id, row_no) VALUES (1, 0);
