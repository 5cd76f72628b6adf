-- What is true of this database as a whole.
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- kind: 1 public, 2 private, 3 direct. touched: milliseconds since 1970, as all times.
-- epoch: the room's own half of its epoch; the other half is the database's incarnation.
-- maker: the public id of whoever made it, who may not be stored (a guest is, with the first post); null when nobody knows.
-- AUTOINCREMENT: a number is never given twice, though its room may be gone.
CREATE TABLE room (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT    NOT NULL UNIQUE,
    kind     INTEGER NOT NULL,
    topic    TEXT    NOT NULL,
    epoch    TEXT    NOT NULL,
    first    INTEGER NOT NULL,
    head     INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    touched  INTEGER NOT NULL,
    maker    TEXT
) STRICT;

CREATE UNIQUE INDEX room_public ON room (name) WHERE kind = 1;

-- kind: 1 message, 2 edit, 3 delete, 4 reaction, 5 reaction taken back, 6 topic. name: the author's, as then.
-- ordinal: messages in the room up to and with this entry.
-- of: the seq that this entry is about; thread: the seq of its root.
-- key: 16 bytes that the author's key spells in base64url, or 15 bytes of hash, and then its text is in extra.
-- text: what was said, the emoji, the topic; nothing in what was deleted. hash: of what was first posted.
-- extra: a JSON object of what few entries have.
-- id: rows simply follow each other, whatever their room; a small index finds them by room and seq.
-- No foreign keys: each row would pay two look-ups for what the transaction has just looked up.
CREATE TABLE entry (
    id      INTEGER PRIMARY KEY,
    room    INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    kind    INTEGER NOT NULL,
    author  INTEGER NOT NULL,
    name    TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    of      INTEGER,
    thread  INTEGER,
    key     BLOB,
    hash    INTEGER NOT NULL,
    text    TEXT    NOT NULL,
    extra   TEXT,
    UNIQUE (room, seq)
) STRICT;

-- Finds an entry by a hash of room, author and key. Written behind the entries: meta has, as keys_indexed_below, the first id whose key may
-- not be here yet. No index that is kept with every row, since random keys would have it write a page for each.
CREATE TABLE entry_key (
    hash  INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (hash, entry)
) STRICT, WITHOUT ROWID;

CREATE INDEX entry_of ON entry (room, of) WHERE of IS NOT NULL;
CREATE INDEX entry_thread ON entry (room, thread, seq) WHERE thread IS NOT NULL;

-- What became of a message; there is a row only for one of which something did, so that a plain message costs nothing here.
-- edit, deleted: the seq of the last edit, of the deletion. replies: messages below it. emojis: how many kinds stand by it.
CREATE TABLE standing (
    room    INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    edit    INTEGER,
    deleted INTEGER,
    replies INTEGER NOT NULL DEFAULT 0,
    emojis  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (room, seq)
) STRICT, WITHOUT ROWID;

-- How many stand by each emoji of a message: counted when it is written, since a page would count a crowd again and again.
CREATE TABLE reaction_count (
    room  INTEGER NOT NULL,
    of    INTEGER NOT NULL,
    emoji TEXT    NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (room, of, emoji)
) STRICT, WITHOUT ROWID;

-- Everybody's last word about an emoji of a message: the entry that it was said in, and whether it stands (1) or not (0).
CREATE TABLE reaction (
    room   INTEGER NOT NULL,
    of     INTEGER NOT NULL,
    author INTEGER NOT NULL,
    emoji  TEXT    NOT NULL,
    seq    INTEGER NOT NULL,
    stands INTEGER NOT NULL,
    PRIMARY KEY (room, of, author, emoji)
) STRICT, WITHOUT ROWID;

-- folded, looks: the name in the forms in which names are the same and look the same; null when the user holds it no more.
-- kind: 1 for a guest, plus 2 for a bot.
CREATE TABLE user_account (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    public_id TEXT    NOT NULL UNIQUE,
    name      TEXT    NOT NULL,
    folded    TEXT,
    looks     TEXT,
    kind      INTEGER NOT NULL,
    created   INTEGER NOT NULL,
    last_used INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX user_account_folded ON user_account (folded) WHERE folded IS NOT NULL;
CREATE UNIQUE INDEX user_account_looks ON user_account (looks) WHERE looks IS NOT NULL;

-- hash: SHA-256 of the token. revoked: when, or null.
CREATE TABLE session (
    hash      BLOB PRIMARY KEY,
    user      INTEGER NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    created   INTEGER NOT NULL,
    last_used INTEGER NOT NULL,
    revoked   INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX session_user ON session (user);

-- What a user has to do with a room. read_seq: the newest entry that they have read; read_ordinal: messages in the room up to that one.
CREATE TABLE member (
    user         INTEGER NOT NULL,
    room         INTEGER NOT NULL,
    read_seq     INTEGER NOT NULL,
    read_ordinal INTEGER NOT NULL,
    PRIMARY KEY (user, room)
) STRICT, WITHOUT ROWID;

-- user: the public id, since guests can be mentioned who are not stored yet. seq: of the message.
CREATE TABLE mention (
    user TEXT    NOT NULL,
    room INTEGER NOT NULL,
    seq  INTEGER NOT NULL,
    PRIMARY KEY (user, room, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX mention_entry ON mention (room, seq);
