-- The pairs of letters that follow one another in a text, and its single letters: what contains all pairs of a query is
-- worth a look. No dictionary has a say in it, so two Korean letters are as good a query as any other.
CREATE FUNCTION maru_terms(folded TEXT) RETURNS TEXT[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (SELECT coalesce(array_agg(DISTINCT term), '{}')
        FROM (SELECT substr(folded, i, 2) AS term FROM generate_series(1, length(folded) - 1) AS i
              UNION ALL
              SELECT substr(folded, i, 1) FROM generate_series(1, length(folded)) AS i) AS terms);

-- The texts as they are compared, see TextIndex.
CREATE TABLE maru_search (
    row_no BIGINT NOT NULL PRIMARY KEY REFERENCES maru_message (row_no) ON DELETE CASCADE,
    folded TEXT   NOT NULL
);

CREATE INDEX maru_search_terms ON maru_search USING gin (maru_terms(folded));
