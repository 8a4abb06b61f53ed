CREATE TABLE maru_account (
    name          TEXT    NOT NULL PRIMARY KEY,
    display_name  TEXT    NOT NULL,
    display_key   TEXT    NOT NULL UNIQUE,
    password_hash TEXT    NOT NULL,
    roles         TEXT    NOT NULL,
    created_at    INTEGER NOT NULL,
    disabled_at   INTEGER,
    deleted_at    INTEGER
) WITHOUT ROWID;

-- Log-ins, personal tokens and API keys: the hash of a secret that nobody else has seen twice.
CREATE TABLE maru_credential (
    secret_hash TEXT    NOT NULL PRIMARY KEY,
    id          TEXT    NOT NULL UNIQUE,
    kind        TEXT    NOT NULL,
    account     TEXT    REFERENCES maru_account (name),
    label       TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    used_at     INTEGER NOT NULL,
    expires_at  INTEGER
) WITHOUT ROWID;

CREATE INDEX maru_credential_of_account ON maru_credential (account, kind, created_at);
CREATE INDEX maru_credential_by_kind ON maru_credential (kind, created_at);
