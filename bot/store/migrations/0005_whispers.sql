-- A whisper is for one person: whoever was on duty as liaison officer, or was secretary, when its writer chose
-- (words and answer sealed). `gone`: nobody reads it any more; its reader left that duty, or its writer took it back.
CREATE TABLE whisper (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    branch TEXT NOT NULL REFERENCES branch (id),
    member TEXT NOT NULL REFERENCES member (id),
    reader TEXT NOT NULL REFERENCES member (id),
    duty TEXT NOT NULL CHECK (duty IN ('liaison', 'secretary')),
    words TEXT NOT NULL,
    said_at TEXT NOT NULL,
    read_at TEXT,
    gone TEXT NOT NULL DEFAULT '' CHECK (gone IN ('', 'left', 'taken_back')),
    answer TEXT NOT NULL DEFAULT '',
    answered_at TEXT
);
CREATE INDEX whisper_unread ON whisper (reader) WHERE read_at IS NULL AND gone = '';
CREATE INDEX whisper_of_member ON whisper (member, number);
CREATE INDEX whisper_of_branch ON whisper (branch);

-- Unsigned: no member, and only the day, so that no hour tells who it was (words and answer sealed).
CREATE TABLE suggestion (
    number INTEGER PRIMARY KEY,
    branch TEXT NOT NULL REFERENCES branch (id),
    member TEXT REFERENCES member (id),
    words TEXT NOT NULL,
    said_on TEXT NOT NULL,
    answer TEXT NOT NULL DEFAULT '',
    answered_at TEXT
);
CREATE INDEX suggestion_of_branch ON suggestion (branch, number);
CREATE INDEX suggestion_of_member ON suggestion (member);

-- Since when somebody is no longer in the file; her words go first, her name when nothing refers to her any more.
ALTER TABLE member ADD COLUMN gone_at TEXT;
ALTER TABLE member ADD COLUMN words_gone_at TEXT;
