-- Who elsewhere is sent the entries of a room, and how far they have taken them: the last entry that they acknowledged, in that epoch.
-- room: its name. secret: as it is, since every request is signed with it.
CREATE TABLE outgoing_hook (
    public_id TEXT    PRIMARY KEY,
    room      TEXT    NOT NULL,
    url       TEXT    NOT NULL,
    secret    BLOB    NOT NULL,
    epoch     TEXT    NOT NULL,
    seq       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
