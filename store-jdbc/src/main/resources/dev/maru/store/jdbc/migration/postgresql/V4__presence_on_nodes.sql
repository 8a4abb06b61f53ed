-- Which node holds whom where. A person is at a place as long as there is a row.
DROP TABLE maru_presence;

CREATE TABLE maru_presence (
    place  TEXT   NOT NULL,
    person TEXT   NOT NULL,
    node   BIGINT NOT NULL REFERENCES maru_node (id),
    since  BIGINT NOT NULL,
    PRIMARY KEY (place, person, node)
);

CREATE INDEX maru_presence_node ON maru_presence (node);

-- Who came and who left, in one order for all places, kept for some minutes; of a place where somebody is the last one.
CREATE TABLE maru_presence_change (
    version    BIGINT      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    place      TEXT        NOT NULL,
    person     TEXT        NOT NULL,
    joined     BOOLEAN     NOT NULL,
    node       BIGINT      NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX maru_presence_change_place ON maru_presence_change (place, version);
