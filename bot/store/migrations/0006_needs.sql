-- A need goes on until she has had the last word: more states, kinds from the file, and a clock.
-- What was answered before had no word of hers, and counts as closed without one; she may still reopen it.
CREATE TABLE need_with_steps (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    branch TEXT NOT NULL REFERENCES branch (id),
    member TEXT NOT NULL REFERENCES member (id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN
        ('open', 'claimed', 'in_hand', 'done', 'impossible', 'confirmed', 'withdrawn', 'lapsed')),
    words TEXT NOT NULL,
    answer TEXT NOT NULL DEFAULT '',
    raised_at TEXT NOT NULL,
    claimed_by TEXT,
    claimed_at TEXT,
    moved_at TEXT NOT NULL,
    settled_at TEXT,
    ended_at TEXT,
    reopened INTEGER NOT NULL DEFAULT 0,
    rung INTEGER NOT NULL DEFAULT 0
);
INSERT INTO need_with_steps (id, number, branch, member, kind, state, words, answer, raised_at, claimed_by, claimed_at,
    moved_at, settled_at, ended_at)
    SELECT id, number, branch, member, CASE kind WHEN 'words' THEN 'other' ELSE kind END,
    CASE state WHEN 'answered' THEN 'lapsed' ELSE state END, words, answer, raised_at, claimed_by, claimed_at,
    coalesce(answered_at, claimed_at, raised_at), answered_at, answered_at FROM need;
DROP TABLE need;
ALTER TABLE need_with_steps RENAME TO need;
CREATE INDEX need_of_branch ON need (branch, state);
CREATE INDEX need_of_member ON need (member);

-- The clock of what still waits begins at the first tick, which sees when it is due.
INSERT INTO alarm (kind, subject, at)
    SELECT 'need', n.id, n.moved_at FROM need n JOIN branch b ON b.id = n.branch
    WHERE n.state IN ('open', 'claimed') AND b.state IN ('running', 'closing');
