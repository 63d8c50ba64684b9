-- ── Sums by one dimension ───────────────────────────────────────────────────────────────────────────────────────────────
-- Most questions name one dimension or none. Their sums stand by themselves, so that what such a question reads depends on its days
-- and on the values of that dimension, not on how many combinations with others there are. The dimension '' is everything.
--
-- Calls recorded before are in none of these until the view cost-cells is rebuilt.

CREATE TABLE ingest.value_day (
    partition                   int         NOT NULL,
    organization                text        NOT NULL,
    dimension                   text        NOT NULL,
    bucket                      timestamptz NOT NULL,
    value                       text        NOT NULL,
    known_on                    date        NOT NULL,
    requests                    bigint      NOT NULL,
    unpriced_requests           bigint      NOT NULL,
    unpriced_tokens             bigint      NOT NULL,
    error_count                 bigint      NOT NULL,
    latency_ms_sum              bigint      NOT NULL,
    latency_count               bigint      NOT NULL,
    input_tokens                bigint      NOT NULL,
    output_tokens               bigint      NOT NULL,
    cache_read_tokens           bigint      NOT NULL,
    cache_write_tokens          bigint      NOT NULL,
    cache_write_1h_tokens       bigint      NOT NULL,
    reasoning_tokens            bigint      NOT NULL,
    input_audio_tokens          bigint      NOT NULL,
    output_audio_tokens         bigint      NOT NULL,
    input_image_tokens          bigint      NOT NULL,
    estimated_requests          bigint      NOT NULL,
    estimated_unpriced_requests bigint      NOT NULL,
    reported_requests           bigint      NOT NULL,
    reported_unpriced_requests  bigint      NOT NULL,
    total_cost                  numeric(38, 18) NOT NULL,
    input_cost                  numeric(38, 18) NOT NULL,
    output_cost                 numeric(38, 18) NOT NULL,
    cache_read_cost             numeric(38, 18) NOT NULL,
    cache_write_cost            numeric(38, 18) NOT NULL,
    other_cost                  numeric(38, 18) NOT NULL,
    cache_savings               numeric(38, 18) NOT NULL,
    units                       numeric(38, 9)  NOT NULL,
    estimated_cost              numeric(38, 18) NOT NULL,
    estimated_actual_cost       numeric(38, 18) NOT NULL,
    reported_cost               numeric(38, 18) NOT NULL,
    reported_calculated_cost    numeric(38, 18) NOT NULL,
    PRIMARY KEY (partition, organization, dimension, bucket, value, known_on)
) WITH (fillfactor = 80);

CREATE TABLE ingest.value_quarter (LIKE ingest.value_day INCLUDING ALL) WITH (fillfactor = 80);

-- How many sums there are of a dimension whose values nobody can count beforehand (run, tags), by day. Where there are too many none is
-- kept, and the day's calls answer. The dimension 'tag' counts the tags.
CREATE TABLE ingest.value_width (
    partition    int         NOT NULL,
    organization text        NOT NULL,
    dimension    text        NOT NULL,
    bucket       timestamptz NOT NULL,
    cells        int         NOT NULL,
    wide         boolean     NOT NULL,
    PRIMARY KEY (partition, organization, dimension, bucket)
);

SELECT kit.secure_view('ingest', name) FROM unnest(ARRAY['value_day', 'value_quarter', 'value_width']::name[]) AS name;
