-- What forecast-service keeps. Projections write these tables; the door reads them one organization at a time.

SELECT log.install_runner('forecast');
SELECT kit.install_idempotency('forecast');

-- What a cell of spend is about. Three grains: everything of an organization together ('total'), by the dimensions that have few
-- values ('cube'), and with the user and the tags as well ('fine', only for calls that have one of these).
CREATE TABLE forecast.series (
    partition    int  NOT NULL,
    organization text NOT NULL,
    series       uuid NOT NULL,
    grain        text NOT NULL,
    provider     text,
    model        text,
    project      text,
    experiment   text,
    operation    text,
    subject      text,
    tags         jsonb,
    PRIMARY KEY (partition, organization, series)
);
SELECT kit.secure_view('forecast', 'series');

-- Spend by quarter of an hour: every zone's days are made of whole quarters, so one table gives exact days in any zone.
CREATE TABLE forecast.spend (
    partition    int            NOT NULL,
    organization text           NOT NULL,
    series       uuid           NOT NULL,
    bucket       timestamptz    NOT NULL,
    cost         numeric(38,18) NOT NULL,
    requests     bigint         NOT NULL,
    PRIMARY KEY (partition, organization, series, bucket)
) WITH (fillfactor = 80);
SELECT kit.secure_view('forecast', 'spend');

-- The budgets there are, for what a forecast says about one.
CREATE TABLE forecast.budget (
    partition    int   NOT NULL,
    organization text  NOT NULL,
    budget_id    text  NOT NULL,
    definition   jsonb NOT NULL,
    PRIMARY KEY (partition, organization, budget_id)
);
SELECT kit.secure_view('forecast', 'budget');

-- The forecasts made, to be listed and scored.
CREATE TABLE forecast.forecast (
    partition    int         NOT NULL,
    organization text        NOT NULL,
    forecast_id  text        NOT NULL,
    generated_at timestamptz NOT NULL,
    body         jsonb       NOT NULL,
    PRIMARY KEY (partition, organization, forecast_id)
);
CREATE INDEX forecast_newest ON forecast.forecast (partition, organization, generated_at DESC, forecast_id DESC);
SELECT kit.secure_view('forecast', 'forecast');
