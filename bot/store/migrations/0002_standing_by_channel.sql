-- A conversation stands on one channel: what was begun in the web chat is not answered by a word said in WeCom.
CREATE TABLE standing_by_channel (
    member TEXT NOT NULL REFERENCES member (id),
    channel TEXT NOT NULL,
    command TEXT NOT NULL,
    step TEXT NOT NULL,
    facts TEXT NOT NULL,
    until_at TEXT NOT NULL,
    PRIMARY KEY (member, channel)
);
INSERT INTO standing_by_channel (member, channel, command, step, facts, until_at)
    SELECT s.member, a.channel, s.command, s.step, s.facts, s.until_at FROM standing s
    JOIN address a ON a.member = s.member
    WHERE a.channel = (SELECT min(b.channel) FROM address b WHERE b.member = s.member);
DROP TABLE standing;
ALTER TABLE standing_by_channel RENAME TO standing;

-- What of a long answer has not been said yet (text sealed); 更多 says it.
CREATE TABLE unsaid (
    member TEXT NOT NULL REFERENCES member (id),
    channel TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (member, channel)
);
