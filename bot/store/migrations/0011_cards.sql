-- A card that goes with a message (sealed), as an own delivery behind the text.

ALTER TABLE delivery ADD COLUMN card TEXT NOT NULL DEFAULT '';
