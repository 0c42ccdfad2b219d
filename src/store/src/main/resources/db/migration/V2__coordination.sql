-- Functions in processes of their own: leases on runs, events in and out, uploads, promotions.

-- A run is worked by whoever holds its lease. Each claim raises the attempt; what a worker writes carries its attempt, so that
-- one that lost its lease without noticing writes nothing.
ALTER TABLE run
    ADD COLUMN dataset       text,
    ADD COLUMN attempt       integer NOT NULL DEFAULT 0,
    ADD COLUMN failures      integer NOT NULL DEFAULT 0,
    ADD COLUMN deaths        integer NOT NULL DEFAULT 0,
    ADD COLUMN due_at        timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN lease_owner   text,
    ADD COLUMN lease_expires timestamptz,
    ADD COLUMN traceparent   text;
UPDATE run SET dataset = coalesce((SELECT min(s.dataset) FROM snapshot s WHERE s.hash = run.snapshot), '');
UPDATE run SET state = 'QUEUED' WHERE state = 'RUNNING';
ALTER TABLE run
    ALTER COLUMN dataset SET NOT NULL,
    -- A run that is queued again after a failure keeps its error until it succeeds.
    DROP CONSTRAINT run_check1,
    ADD CHECK (state <> 'FAILED' OR error IS NOT NULL),
    ADD CHECK ((state = 'RUNNING') = (lease_owner IS NOT NULL)),
    ADD CHECK ((lease_owner IS NULL) = (lease_expires IS NULL));
CREATE INDEX run_unfinished ON run (phase, created_at) WHERE state IN ('QUEUED', 'RUNNING');
CREATE INDEX run_snapshot ON run (snapshot);

-- Events on their way out, written in the transaction of what they tell.
CREATE TABLE outbox (
    source      text NOT NULL,
    id          text NOT NULL,
    type        text NOT NULL,
    subject     text,
    time        timestamptz NOT NULL,
    data        jsonb NOT NULL,
    traceparent text,
    attempts    integer NOT NULL DEFAULT 0,
    due_at      timestamptz NOT NULL DEFAULT now(),
    sent_at     timestamptz,
    error       text,
    PRIMARY KEY (source, id)
);
CREATE INDEX outbox_unsent ON outbox (due_at) WHERE sent_at IS NULL;

-- Events that took effect here, written in the transaction of their effect: a second delivery finds its id.
CREATE TABLE inbox (
    source   text NOT NULL,
    id       text NOT NULL,
    type     text NOT NULL,
    taken_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source, id)
);

-- Uploads that named an Idempotency-Key: the same key answers with the same receipt.
CREATE TABLE upload (
    key        text PRIMARY KEY,
    kind       text NOT NULL,
    dataset    text NOT NULL,
    sha256     text NOT NULL,
    receipt    jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Which model was promoted when: the way back.
CREATE TABLE promotion (
    number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    model_id    text NOT NULL REFERENCES model,
    previous    text REFERENCES model,
    promoted_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO promotion (model_id) SELECT id FROM model WHERE promoted;

-- When it happened, in milliseconds since 1970, where that was said. A history is in the order of this time, then of arrival;
-- interactions without a time come first.
ALTER TABLE interaction ADD COLUMN occurred_at bigint;
