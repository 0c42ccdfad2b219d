-- What serving must know of items at once: what they belong to, whether they can be had, and what changed since it last looked.

-- Counts the changes of a dataset's items and vectors. Raised under the dataset's lock, so its order is that of the commits.
ALTER TABLE dataset
    ADD COLUMN revision bigint NOT NULL DEFAULT 0,
    -- When all items were replaced at once: those not named since then are gone.
    ADD COLUMN replaced_revision bigint NOT NULL DEFAULT 0;
ALTER TABLE item
    ADD COLUMN categories text[] NOT NULL DEFAULT '{}',
    ADD COLUMN available  boolean NOT NULL DEFAULT true,
    ADD COLUMN revision   bigint NOT NULL DEFAULT 0;
ALTER TABLE embedding ADD COLUMN revision bigint NOT NULL DEFAULT 0;
CREATE INDEX item_revision ON item (dataset_id, revision);
CREATE INDEX embedding_revision ON embedding (dataset_id, encoder, revision);
