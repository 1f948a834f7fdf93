-- How an answer came, where somebody else entered it: by phone, or from a sheet of paper; `own`: she has changed it
-- herself since. `entered_by` and `entered_at` say who entered it last, and when.
ALTER TABLE report ADD COLUMN way TEXT NOT NULL DEFAULT '' CHECK (way IN ('', 'phone', 'paper', 'own'));
ALTER TABLE report ADD COLUMN entered_by TEXT REFERENCES member (id);
ALTER TABLE report ADD COLUMN entered_at TEXT;
