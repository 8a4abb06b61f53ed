-- Tickets that nobody has used, by their hashes. Whom one stands for is JSON. Times are the database's, in milliseconds.
CREATE TABLE maru_ticket (
    hash       TEXT   NOT NULL PRIMARY KEY,
    owner      TEXT   NOT NULL,
    person     TEXT,
    expires_at BIGINT NOT NULL
);

CREATE INDEX maru_ticket_by_end ON maru_ticket (expires_at);
