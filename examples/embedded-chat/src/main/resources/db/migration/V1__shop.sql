CREATE TABLE product (
    name  TEXT    NOT NULL PRIMARY KEY,
    price INTEGER NOT NULL
);

INSERT INTO product (name, price) VALUES ('고려청자 찻잔', 32000), ('나무 소반', 58000), ('Hanji notebook', 9000);

CREATE TABLE customer (
    login     TEXT    NOT NULL PRIMARY KEY,
    password  TEXT    NOT NULL,
    full_name TEXT    NOT NULL,
    agent     INTEGER NOT NULL
);

-- For trying it out: everybody's password is "password".
INSERT INTO customer (login, password, full_name, agent)
VALUES ('minsu', '{noop}password', '김민수', 0),
       ('jane', '{noop}password', 'Jane Doe', 0),
       ('agent', '{noop}password', '상담원 이지은', 1);

CREATE TABLE support_request (
    room     TEXT    NOT NULL PRIMARY KEY,
    messages INTEGER NOT NULL
);
