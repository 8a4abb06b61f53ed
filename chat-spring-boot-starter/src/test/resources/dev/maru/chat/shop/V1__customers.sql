CREATE TABLE customer (
    id   INTEGER NOT NULL PRIMARY KEY,
    name TEXT    NOT NULL
);

INSERT INTO customer (id, name) VALUES (1, '민수');
