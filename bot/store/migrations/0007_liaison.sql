-- Who is on duty in a branch instead of the first of the file's order, and until when.
CREATE TABLE stand_in (
    branch TEXT PRIMARY KEY REFERENCES branch (id),
    member TEXT NOT NULL REFERENCES member (id),
    until_at TEXT NOT NULL
);

-- News of a home branch for its members who are away (words sealed, and empty once they have gone out).
CREATE TABLE news (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    home TEXT NOT NULL,
    writer TEXT NOT NULL REFERENCES member (id),
    words TEXT NOT NULL,
    written_at TEXT NOT NULL,
    sent_at TEXT
);
CREATE INDEX news_kept ON news (home) WHERE sent_at IS NULL;
