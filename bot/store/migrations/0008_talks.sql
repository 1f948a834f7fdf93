-- Talks and visits: who with whom, why, by when, held on which day, the next one; never what was said.
-- `rule` is an id of the file, or next (agreed on at the last one), or own (on no list). `rung` counts who has heard.
CREATE TABLE talk (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    branch TEXT NOT NULL REFERENCES branch (id),
    member TEXT NOT NULL REFERENCES member (id),
    kind TEXT NOT NULL CHECK (kind IN ('talk', 'visit')),
    rule TEXT NOT NULL,
    post TEXT,
    holder TEXT NOT NULL REFERENCES member (id),
    need INTEGER,
    opens_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    days INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('due', 'held')),
    rung INTEGER NOT NULL,
    held_on TEXT,
    held_by TEXT REFERENCES member (id),
    noted_at TEXT,
    next_on TEXT,
    record TEXT NOT NULL DEFAULT ''
);
CREATE INDEX talk_of_branch ON talk (branch, state);
CREATE INDEX talk_of_member ON talk (member, state);
CREATE INDEX talk_of_record ON talk (held_by, noted_at);

-- Whether her family may be visited or called: her separate consent. Who was never asked has no row.
CREATE TABLE visit_consent (
    member TEXT PRIMARY KEY REFERENCES member (id),
    state TEXT NOT NULL CHECK (state IN ('asked', 'given', 'refused')),
    at TEXT NOT NULL
);
