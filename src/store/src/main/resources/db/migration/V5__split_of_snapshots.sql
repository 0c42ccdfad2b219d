-- How a snapshot is split, which its hash says too, but to nobody who reads it.
ALTER TABLE snapshot ADD COLUMN split text NOT NULL DEFAULT 'leave-one-out';
