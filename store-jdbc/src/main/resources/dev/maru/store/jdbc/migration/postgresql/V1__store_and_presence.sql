CREATE TABLE maru_store (
    id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    epoch      TEXT    NOT NULL,
    created_at BIGINT  NOT NULL
);

CREATE TABLE maru_presence (
    place     TEXT   NOT NULL,
    person    TEXT   NOT NULL,
    leased_at BIGINT NOT NULL,
    PRIMARY KEY (place, person)
);
