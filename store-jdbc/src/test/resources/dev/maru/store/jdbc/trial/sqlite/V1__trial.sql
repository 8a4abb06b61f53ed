CREATE TABLE maru_trial (
    id   INTEGER NOT NULL PRIMARY KEY,
    text TEXT    NOT NULL CHECK (text <> 'bad')
);
