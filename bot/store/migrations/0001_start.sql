-- Times are UTC text YYYY-MM-DDTHH:MM:SSZ, days YYYY-MM-DD, flags 0/1. Columns marked "sealed" hold AES-256-GCM text.

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- The file's own values as last applied: the file acts only where one of them has changed since.
CREATE TABLE applied (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE member (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    home TEXT NOT NULL,
    language TEXT NOT NULL,
    listed INTEGER NOT NULL CHECK (listed IN (0, 1))
);

CREATE TABLE address (
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    member TEXT NOT NULL REFERENCES member (id),
    PRIMARY KEY (channel, address)
);
CREATE INDEX address_of_member ON address (member);

CREATE TABLE branch (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('case', 'training', 'secondment')),
    state TEXT NOT NULL CHECK (state IN ('planned', 'running', 'closing', 'closed')),
    opens TEXT NOT NULL,
    closes TEXT NOT NULL,
    zone TEXT NOT NULL,
    channel TEXT NOT NULL,
    secretary TEXT NOT NULL,
    approval_by TEXT NOT NULL,
    approval_number TEXT NOT NULL,
    approval_day TEXT NOT NULL,
    full_members INTEGER NOT NULL DEFAULT 0,
    closing_settled INTEGER NOT NULL DEFAULT 0 CHECK (closing_settled IN (0, 1)),
    closed_at TEXT,
    words_purged_at TEXT
);
CREATE INDEX branch_state ON branch (state);

CREATE TABLE branch_liaison (
    branch TEXT NOT NULL REFERENCES branch (id),
    member TEXT NOT NULL REFERENCES member (id),
    place INTEGER NOT NULL,
    PRIMARY KEY (branch, member)
);
CREATE INDEX liaison_of_branch ON branch_liaison (member, place);

CREATE TABLE membership (
    branch TEXT NOT NULL REFERENCES branch (id),
    member TEXT NOT NULL REFERENCES member (id),
    joined_at TEXT NOT NULL,
    left_at TEXT,
    consent TEXT NOT NULL CHECK (consent IN ('unasked', 'given', 'refused')),
    consent_at TEXT,
    PRIMARY KEY (branch, member)
);
CREATE INDEX membership_of_member ON membership (member);

CREATE TABLE round (
    id TEXT PRIMARY KEY,
    branch TEXT NOT NULL REFERENCES branch (id),
    state TEXT NOT NULL CHECK (state IN ('early', 'asked', 'due', 'told', 'skipped')),
    ask_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT ''
);
CREATE INDEX round_of_branch ON round (branch, ask_at);

-- One row for each member of the frozen roster; `said` (sealed JSON) is empty until she answers.
CREATE TABLE report (
    round TEXT NOT NULL REFERENCES round (id),
    member TEXT NOT NULL REFERENCES member (id),
    ask_at TEXT NOT NULL,
    answered_at TEXT,
    amended_at TEXT,
    late INTEGER NOT NULL DEFAULT 0 CHECK (late IN (0, 1)),
    later_until TEXT,
    said TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (round, member)
);
CREATE INDEX report_of_member ON report (member, ask_at);

CREATE TABLE need (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    branch TEXT NOT NULL REFERENCES branch (id),
    member TEXT NOT NULL REFERENCES member (id),
    kind TEXT NOT NULL CHECK (kind IN ('words', 'support', 'talk')),
    state TEXT NOT NULL CHECK (state IN ('open', 'claimed', 'answered')),
    words TEXT NOT NULL,
    raised_at TEXT NOT NULL,
    claimed_by TEXT,
    claimed_at TEXT,
    answered_at TEXT,
    answer TEXT NOT NULL DEFAULT ''
);
CREATE INDEX need_of_branch ON need (branch, state);

CREATE TABLE away (
    id TEXT PRIMARY KEY,
    member TEXT NOT NULL REFERENCES member (id),
    kind TEXT NOT NULL CHECK (kind IN ('leave', 'silence')),
    starts_at TEXT NOT NULL,
    until_at TEXT NOT NULL,
    ended_at TEXT
);
CREATE INDEX away_of_member ON away (member, until_at);

CREATE TABLE study (
    item TEXT NOT NULL,
    starts_at TEXT NOT NULL,
    member TEXT NOT NULL REFERENCES member (id),
    title TEXT NOT NULL,
    form TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    answer TEXT CHECK (answer IN ('done', 'join', 'excused')),
    answered_at TEXT,
    PRIMARY KEY (item, starts_at, member)
);
CREATE INDEX study_of_member ON study (member, asked_at);

-- All that will fall due, in one list: a tick with nothing due is one look at the index.
CREATE TABLE alarm (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (kind, subject)
);
CREATE INDEX alarm_at ON alarm (at);

-- What is owed to whom. `reason` says why, and being unique it makes saying a thing twice impossible.
CREATE TABLE outbox (
    reason TEXT PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    member TEXT NOT NULL REFERENCES member (id),
    kind TEXT NOT NULL,
    branch TEXT,
    facts TEXT NOT NULL,
    owed_at TEXT NOT NULL,
    not_before TEXT NOT NULL,
    expires_at TEXT,
    state TEXT NOT NULL CHECK (state IN ('owed', 'taken', 'skipped')),
    note TEXT NOT NULL DEFAULT '',
    delivery TEXT
);
CREATE INDEX outbox_owed ON outbox (not_before) WHERE state = 'owed';
CREATE INDEX outbox_age ON outbox (owed_at);

-- The bytes of one call and its recipients: the unit of retry, never re-batched.
CREATE TABLE delivery (
    id TEXT PRIMARY KEY,
    channel TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('due', 'sending', 'sent', 'dead')),
    made_at TEXT NOT NULL,
    next_at TEXT NOT NULL,
    lease_until TEXT,
    fence INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX delivery_due ON delivery (next_at) WHERE state IN ('due', 'sending');

CREATE TABLE delivery_to (
    delivery TEXT NOT NULL REFERENCES delivery (id),
    member TEXT NOT NULL REFERENCES member (id),
    address TEXT NOT NULL,
    prompt INTEGER NOT NULL CHECK (prompt IN (0, 1)),
    made_at TEXT NOT NULL,
    sent_at TEXT,
    error TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (delivery, member)
);
CREATE INDEX delivery_to_member ON delivery_to (member, made_at);

-- `id` is a keyed hash of channel and key; `answer` (sealed) is what a repeated delivery gets.
CREATE TABLE inbound (
    id TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    answer TEXT NOT NULL
);
CREATE INDEX inbound_at ON inbound (at);

CREATE TABLE standing (
    member TEXT PRIMARY KEY REFERENCES member (id),
    command TEXT NOT NULL,
    step TEXT NOT NULL,
    facts TEXT NOT NULL,
    until_at TEXT NOT NULL
);

-- What the secrecy gate refused: the rule and the hour, nothing else.
CREATE TABLE refusal (
    hour TEXT NOT NULL,
    rule TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (hour, rule)
);

-- What duty holders and the bot did, without anyone's words.
CREATE TABLE ledger (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    branch TEXT,
    member TEXT,
    note TEXT NOT NULL DEFAULT ''
);
CREATE INDEX ledger_of_branch ON ledger (branch, at);

-- The web chat's phones remember here what was said to and by each person (text sealed).
CREATE TABLE phone_line (
    number INTEGER PRIMARY KEY,
    member TEXT NOT NULL REFERENCES member (id),
    sender TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    reference TEXT NOT NULL UNIQUE
);
CREATE INDEX phone_line_of_member ON phone_line (member, number);
