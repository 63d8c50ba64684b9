SELECT log.install_runner('ingest');
SELECT kit.install_idempotency('ingest');

-- ── Cost cells ──────────────────────────────────────────────────────────────────────────────────────────────────────────
-- Sums by small dimensions and time. Four tables of one form: by quarter hour or by day, without or with the person.
--
-- Buckets are UTC, so that the fold knows of no zone: every offset in use since the year 2000 is a multiple of a quarter hour, so
-- an hour, day or month of any zone is a whole number of quarter hours. Days make long questions cheap: the inside of a
-- period is read by days, its two edges by quarter hours. known_on is the UTC day on which the log learned of it.
--
-- A dimension without a value is the empty text, since a key has no nulls.

CREATE TABLE ingest.cell_day (
    partition             int         NOT NULL,
    organization          text        NOT NULL,
    bucket                timestamptz NOT NULL,
    subject               text        NOT NULL,
    provider              text        NOT NULL,
    model                 text        NOT NULL,
    project               text        NOT NULL,
    experiment            text        NOT NULL,
    operation             text        NOT NULL,
    known_on              date        NOT NULL,
    requests              bigint      NOT NULL,
    unpriced_requests     bigint      NOT NULL,
    unpriced_tokens       bigint      NOT NULL,
    error_count           bigint      NOT NULL,
    latency_ms_sum        bigint      NOT NULL,
    latency_count         bigint      NOT NULL,
    input_tokens          bigint      NOT NULL,
    output_tokens         bigint      NOT NULL,
    cache_read_tokens     bigint      NOT NULL,
    cache_write_tokens    bigint      NOT NULL,
    cache_write_1h_tokens bigint      NOT NULL,
    reasoning_tokens      bigint      NOT NULL,
    input_audio_tokens    bigint      NOT NULL,
    output_audio_tokens   bigint      NOT NULL,
    input_image_tokens    bigint      NOT NULL,
    total_cost            numeric(38, 18) NOT NULL,
    input_cost            numeric(38, 18) NOT NULL,
    output_cost           numeric(38, 18) NOT NULL,
    cache_read_cost       numeric(38, 18) NOT NULL,
    cache_write_cost      numeric(38, 18) NOT NULL,
    other_cost            numeric(38, 18) NOT NULL,
    cache_savings         numeric(38, 18) NOT NULL,
    units                 numeric(38, 9)  NOT NULL,
    PRIMARY KEY (partition, organization, bucket, subject, provider, model, project, experiment, operation, known_on)
) WITH (fillfactor = 80);

CREATE TABLE ingest.cell_quarter      (LIKE ingest.cell_day INCLUDING ALL) WITH (fillfactor = 80);
CREATE TABLE ingest.user_cell_day     (LIKE ingest.cell_day INCLUDING ALL) WITH (fillfactor = 80);
CREATE TABLE ingest.user_cell_quarter (LIKE ingest.cell_day INCLUDING ALL) WITH (fillfactor = 80);

SELECT kit.secure_view('ingest', name)
FROM unnest(ARRAY['cell_day', 'cell_quarter', 'user_cell_day', 'user_cell_quarter']::name[]) AS name;

-- ── Calls ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

-- What each event adds to the sums, one narrow row each, never updated: a correction is a row of its own that moves the cost. For
-- questions outside the cells: session, run, tags.
CREATE TABLE ingest.usage_detail (
    partition             int         NOT NULL,
    organization          text        NOT NULL,
    at                    timestamptz NOT NULL,
    log_offset            bigint      NOT NULL,
    recorded_at           timestamptz NOT NULL,
    record_id             text        NOT NULL,
    source                text        NOT NULL,
    correction            boolean     NOT NULL,
    subject               text        NOT NULL,
    provider              text        NOT NULL,
    model                 text        NOT NULL,
    project               text        NOT NULL,
    experiment            text        NOT NULL,
    operation             text        NOT NULL,
    session               text        NOT NULL,
    run                   text        NOT NULL,
    tags                  jsonb,
    requests              bigint      NOT NULL,
    unpriced_requests     bigint      NOT NULL,
    unpriced_tokens       bigint      NOT NULL,
    error_count           bigint      NOT NULL,
    latency_ms_sum        bigint      NOT NULL,
    latency_count         bigint      NOT NULL,
    input_tokens          bigint      NOT NULL,
    output_tokens         bigint      NOT NULL,
    cache_read_tokens     bigint      NOT NULL,
    cache_write_tokens    bigint      NOT NULL,
    cache_write_1h_tokens bigint      NOT NULL,
    reasoning_tokens      bigint      NOT NULL,
    input_audio_tokens    bigint      NOT NULL,
    output_audio_tokens   bigint      NOT NULL,
    input_image_tokens    bigint      NOT NULL,
    total_cost            numeric(38, 18) NOT NULL,
    input_cost            numeric(38, 18) NOT NULL,
    output_cost           numeric(38, 18) NOT NULL,
    cache_read_cost       numeric(38, 18) NOT NULL,
    cache_write_cost      numeric(38, 18) NOT NULL,
    other_cost            numeric(38, 18) NOT NULL,
    cache_savings         numeric(38, 18) NOT NULL,
    units                 numeric(38, 9)  NOT NULL,
    PRIMARY KEY (partition, organization, at, log_offset)
);

CREATE INDEX usage_detail_session ON ingest.usage_detail (partition, organization, session, at) WHERE session <> '';
CREATE INDEX usage_detail_run ON ingest.usage_detail (partition, organization, run, at) WHERE run <> '';
-- Rows come in the order in which the log took them, so a summary of blocks is enough to find what a day learned.
CREATE INDEX usage_detail_recorded ON ingest.usage_detail USING brin (recorded_at);

SELECT kit.secure_view('ingest', 'usage_detail');

-- The cost of a call as last corrected; calls never corrected are not here. Its content (tokens and tool calls) where that was
-- corrected too, null where the record's own holds.
CREATE TABLE ingest.corrected_cost (
    partition    int    NOT NULL,
    organization text   NOT NULL,
    event_id     text   NOT NULL,
    log_offset   bigint NOT NULL,
    cost         jsonb  NOT NULL,
    content      jsonb,
    PRIMARY KEY (partition, organization, event_id)
);

SELECT kit.secure_view('ingest', 'corrected_cost');

-- Calls whose model has no price yet.
CREATE TABLE ingest.unpriced_call (
    partition    int         NOT NULL,
    organization text        NOT NULL,
    event_id     text        NOT NULL,
    provider     text        NOT NULL,
    model        text        NOT NULL,
    at           timestamptz NOT NULL,
    requests     bigint      NOT NULL,
    tokens       bigint      NOT NULL,
    PRIMARY KEY (partition, organization, event_id)
);

CREATE INDEX unpriced_call_model ON ingest.unpriced_call (partition, organization, provider, model, at);

SELECT kit.secure_view('ingest', 'unpriced_call');
