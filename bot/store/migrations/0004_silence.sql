-- A declared silence ends with a gentle question; without an answer it climbs, a rung at a time.
-- `exit_state`: '' before the question, asked, settled; `rung`: how many have been told so far.
ALTER TABLE away ADD COLUMN exit_state TEXT NOT NULL DEFAULT '';
ALTER TABLE away ADD COLUMN rung INTEGER NOT NULL DEFAULT 0;
ALTER TABLE away ADD COLUMN settled_by TEXT;
CREATE INDEX away_exit ON away (member) WHERE exit_state = 'asked';

-- Who may look after a member's silence; one a member.
CREATE TABLE buddy (
    member TEXT PRIMARY KEY REFERENCES member (id),
    buddy TEXT NOT NULL REFERENCES member (id),
    named_by TEXT NOT NULL,
    since TEXT NOT NULL
);
CREATE INDEX buddy_of ON buddy (buddy);
