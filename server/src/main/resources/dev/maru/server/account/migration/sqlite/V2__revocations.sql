-- Tokens of other issuers that were taken back, and users all of whose were.
CREATE TABLE maru_revocation (
    revoked_key TEXT    NOT NULL PRIMARY KEY,
    revoked_at  INTEGER NOT NULL,
    kept_until  INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX maru_revocation_by_end ON maru_revocation (kept_until);

-- Where a log-in was made from: the hash of a network, to be compared with.
ALTER TABLE maru_credential ADD COLUMN network_hash TEXT;
