-- What a member has chosen for herself; empty: as her branch has it.
CREATE TABLE preference (
    member TEXT PRIMARY KEY REFERENCES member (id),
    hour TEXT NOT NULL DEFAULT '',
    channel TEXT NOT NULL DEFAULT '',
    style TEXT NOT NULL DEFAULT '' CHECK (style IN ('', 'numbers'))
);

-- A round she skips (why: sealed), and the hour of her own at which she is asked in it: to come, or past.
ALTER TABLE report ADD COLUMN skipped_at TEXT;
ALTER TABLE report ADD COLUMN skipped_why TEXT NOT NULL DEFAULT '';
ALTER TABLE report ADD COLUMN hour_at TEXT;
ALTER TABLE report ADD COLUMN asked_at TEXT;
-- The messages her answer is made of: what is withdrawn is erased with them.
ALTER TABLE report ADD COLUMN messages TEXT NOT NULL DEFAULT '';
