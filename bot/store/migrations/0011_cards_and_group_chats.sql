-- A card that goes with a message (sealed), as a delivery of its own behind the text.
ALTER TABLE delivery ADD COLUMN card TEXT NOT NULL DEFAULT '';

-- A delivery into a group chat is one call for all of its recipients.
ALTER TABLE delivery ADD COLUMN chat TEXT NOT NULL DEFAULT '';

-- The group chat of a branch, as the platform has it. due_at: when to look after it again; NULL: there is nothing to do.
CREATE TABLE group_chat (
    branch TEXT PRIMARY KEY,
    channel TEXT NOT NULL,
    id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('none', 'there', 'without', 'over')),
    name TEXT NOT NULL DEFAULT '',
    owner TEXT NOT NULL DEFAULT '',
    greeted INTEGER NOT NULL DEFAULT 0 CHECK (greeted IN (0, 1)),
    parted INTEGER NOT NULL DEFAULT 0 CHECK (parted IN (0, 1)),
    singly INTEGER NOT NULL DEFAULT 0 CHECK (singly IN (0, 1)),
    due_at TEXT
);
CREATE INDEX group_chat_due ON group_chat (due_at) WHERE due_at IS NOT NULL;

-- Who is in it. shut: the platform does not let her in; tried again when it is looked after the next day.
CREATE TABLE group_chat_member (
    branch TEXT NOT NULL,
    address TEXT NOT NULL,
    member TEXT NOT NULL DEFAULT '',
    shut INTEGER NOT NULL DEFAULT 0 CHECK (shut IN (0, 1)),
    PRIMARY KEY (branch, address)
);
CREATE INDEX group_chat_member_of ON group_chat_member (member);
