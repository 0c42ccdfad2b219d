-- What is encoded of an item, where that is more than its title: its other fields too.
ALTER TABLE item ADD COLUMN text text NOT NULL DEFAULT '';
