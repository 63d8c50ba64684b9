-- What recommendation-service keeps. Projections write these tables; the door reads them one organization at a time.

SELECT log.install_runner('recommendation');
SELECT kit.install_idempotency('recommendation');

-- What was used, by day in UTC: enough to price it again with any other model. Calls are kept apart by the sizes of context at which
-- prices step, so that the sums of a row cost exactly what its calls cost one by one. An empty text stands for none.
CREATE TABLE recommendation.usage (
    partition      int            NOT NULL,
    organization   text           NOT NULL,
    day            date           NOT NULL,
    provider       text           NOT NULL,
    model          text           NOT NULL,
    operation      text           NOT NULL,
    service_tier   text           NOT NULL,
    region         text           NOT NULL,
    context_above  bigint         NOT NULL,
    requests       bigint         NOT NULL,
    input          bigint         NOT NULL,
    cache_read     bigint         NOT NULL,
    cache_write    bigint         NOT NULL,
    cache_write_1h bigint         NOT NULL,
    output         bigint         NOT NULL,
    reasoning      bigint         NOT NULL,
    input_audio    bigint         NOT NULL,
    output_audio   bigint         NOT NULL,
    input_image    bigint         NOT NULL,
    largest_context bigint        NOT NULL,
    largest_output bigint         NOT NULL,
    cost           numeric(38,18) NOT NULL,
    fees           numeric(38,18) NOT NULL,
    PRIMARY KEY (partition, organization, day, provider, model, operation, service_tier, region, context_above)
);
SELECT kit.secure_view('recommendation', 'usage');

CREATE TABLE recommendation.recommendation (
    partition           int            NOT NULL,
    organization        text           NOT NULL,
    recommendation_id   text           NOT NULL,
    status              text           NOT NULL,
    recommendation_type text           NOT NULL,
    estimated_savings   numeric(38,18) NOT NULL,
    priority_score      int            NOT NULL,
    created_at          timestamptz    NOT NULL,
    body                jsonb          NOT NULL,
    PRIMARY KEY (partition, organization, recommendation_id)
);
SELECT kit.secure_view('recommendation', 'recommendation');
