-- What the day's cap held back is counted in the digest.
CREATE INDEX outbox_held ON outbox (member, owed_at) WHERE state = 'skipped';
