-- Study: what became of an occurrence, who took part, notes, books, progress on platforms, and what trainees pass on.

CREATE TABLE study_new (
    item TEXT NOT NULL,
    starts_at TEXT NOT NULL,
    member TEXT NOT NULL REFERENCES member (id),
    title TEXT NOT NULL,
    form TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    answer TEXT CHECK (answer IN ('done', 'join', 'remote', 'excused')),
    answered_at TEXT,
    attended TEXT CHECK (attended IN ('here', 'remote', 'absent')),
    PRIMARY KEY (item, starts_at, member)
);
INSERT INTO study_new (item, starts_at, member, title, form, asked_at, answer, answered_at)
    SELECT item, starts_at, member, title, form, asked_at, answer, answered_at FROM study;
DROP TABLE study;
ALTER TABLE study_new RENAME TO study;
CREATE INDEX study_of_member ON study (member, asked_at);

-- An occurrence of which there is more to say than its schedule does. `planned_at`: when the schedule has it.
CREATE TABLE study_session (
    item TEXT NOT NULL,
    planned_at TEXT NOT NULL,
    starts_at TEXT NOT NULL,
    cancelled INTEGER NOT NULL DEFAULT 0 CHECK (cancelled IN (0, 1)),
    changed_by TEXT,
    changed_at TEXT,
    speaker TEXT REFERENCES member (id),
    assigned_at TEXT,
    material TEXT NOT NULL DEFAULT '',
    roll_by TEXT,
    roll_at TEXT,
    remote_counts INTEGER CHECK (remote_counts IN (0, 1)),
    PRIMARY KEY (item, planned_at)
);
CREATE INDEX study_session_starts ON study_session (item, starts_at);
CREATE INDEX study_session_speaker ON study_session (speaker);

CREATE TABLE study_note (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    member TEXT NOT NULL REFERENCES member (id),
    about TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL,
    written_at TEXT NOT NULL,
    shared_at TEXT
);
CREATE INDEX study_note_member ON study_note (member);

CREATE TABLE book (
    number INTEGER PRIMARY KEY,
    item TEXT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('wished', 'listed', 'reading', 'read')),
    member TEXT REFERENCES member (id),
    at TEXT NOT NULL,
    UNIQUE (item, title)
);

-- `amount`: hundredths of the platform's unit. `course` empty: all of the year in one row.
CREATE TABLE study_progress (
    platform TEXT NOT NULL,
    member TEXT NOT NULL REFERENCES member (id),
    year INTEGER NOT NULL,
    course TEXT NOT NULL DEFAULT '',
    amount INTEGER NOT NULL,
    finished INTEGER NOT NULL CHECK (finished IN (0, 1)),
    imported_at TEXT NOT NULL,
    PRIMARY KEY (member, platform, year, course)
);

CREATE TABLE share_back (
    branch TEXT NOT NULL REFERENCES branch (id),
    member TEXT NOT NULL REFERENCES member (id),
    opened_at TEXT NOT NULL,
    due_on TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'planned', 'held', 'excused')),
    item TEXT,
    planned_at TEXT,
    ended_by TEXT,
    ended_at TEXT,
    PRIMARY KEY (branch, member)
);
CREATE INDEX share_back_member ON share_back (member);
