CREATE TABLE maru_account (
    name          TEXT   NOT NULL PRIMARY KEY,
    display_name  TEXT   NOT NULL,
    display_key   TEXT   NOT NULL UNIQUE,
    password_hash TEXT   NOT NULL,
    roles         TEXT   NOT NULL,
    created_at    BIGINT NOT NULL,
    disabled_at   BIGINT,
    deleted_at    BIGINT
);

-- Log-ins, personal tokens and API keys: the hash of a secret that nobody else has seen twice. A log-in also has the hash
-- of the network that it was made from, to be compared with.
CREATE TABLE maru_credential (
    secret_hash  TEXT   NOT NULL PRIMARY KEY,
    id           TEXT   NOT NULL UNIQUE,
    kind         TEXT   NOT NULL,
    account      TEXT   REFERENCES maru_account (name),
    label        TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    used_at      BIGINT NOT NULL,
    expires_at   BIGINT,
    network_hash TEXT
);

CREATE INDEX maru_credential_of_account ON maru_credential (account, kind, created_at);
CREATE INDEX maru_credential_by_kind ON maru_credential (kind, created_at);

-- Tokens of other issuers that were taken back, and users all of whose were.
CREATE TABLE maru_revocation (
    revoked_key TEXT   NOT NULL PRIMARY KEY,
    revoked_at  BIGINT NOT NULL,
    kept_until  BIGINT NOT NULL
);

CREATE INDEX maru_revocation_by_end ON maru_revocation (kept_until);

-- The hash of the admin's token, which the nodes have in common. The token is in a file of the node that made it.
CREATE TABLE maru_admin_token (
    id   INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    hash TEXT    NOT NULL
);
