-- What a program comes by: an API token, or the secret of an incoming webhook. Its user and its end are those of the session of that hash.
-- public_id: how it is called in addresses. open: whether that alone may publish. room: the only one that a webhook writes to, null for a token.
CREATE TABLE pass (
    hash      BLOB    PRIMARY KEY REFERENCES session (hash) ON DELETE CASCADE,
    public_id TEXT    NOT NULL UNIQUE,
    open      INTEGER NOT NULL,
    room      TEXT
) STRICT, WITHOUT ROWID;
