-- The views of budget-service. All of them are folds of the log, cut like it by partition; none is written by the door.

SELECT log.install_runner('budget');
SELECT kit.install_idempotency('budget');

-- A budget as its last event left it. Deleted ones stay, for what they counted.
CREATE TABLE budget.budget (
    partition      int NOT NULL,
    organization   text NOT NULL,
    budget_id      text NOT NULL,
    revision       int NOT NULL,
    -- The revision since which limit, periods, scope and thresholds are what they are: by it a crossing is told from earlier ones.
    measured_since int NOT NULL,
    definition     jsonb NOT NULL,
    created_by     text NOT NULL,
    created_at     timestamptz NOT NULL,
    set_at         timestamptz NOT NULL,
    last_alert_at  timestamptz,
    deleted_at     timestamptz,
    PRIMARY KEY (partition, organization, budget_id)
);
SELECT kit.secure_view('budget', 'budget');

-- What was spent in a quarter of an hour on calls of the same dimensions. From it a new budget learns what was spent before it.
CREATE TABLE budget.spend_cell (
    partition     int NOT NULL,
    organization  text NOT NULL,
    bucket        timestamptz NOT NULL,
    dimensions_id uuid NOT NULL,
    dimensions    jsonb NOT NULL,
    spend         numeric(38, 18) NOT NULL,
    requests      bigint NOT NULL,
    unpriced      bigint NOT NULL,
    PRIMARY KEY (partition, organization, bucket, dimensions_id)
) WITH (fillfactor = 80);
SELECT kit.secure_view('budget', 'spend_cell');

-- What counts against a budget, by local day (by quarter of an hour when its window rolls) and, for a session budget, by session.
CREATE TABLE budget.budget_spend (
    partition    int NOT NULL,
    organization text NOT NULL,
    budget_id    text NOT NULL,
    session      text NOT NULL,
    bucket       timestamptz NOT NULL,
    spend        numeric(38, 18) NOT NULL,
    requests     bigint NOT NULL,
    unpriced     bigint NOT NULL,
    PRIMARY KEY (partition, organization, budget_id, session, bucket)
) WITH (fillfactor = 80);
SELECT kit.secure_view('budget', 'budget_spend');

-- A threshold that was reached, once a window, with the alert to raise for it. Raised when the log holds that alert.
CREATE TABLE budget.crossing (
    partition    int NOT NULL,
    organization text NOT NULL,
    alert_id     text NOT NULL,
    budget_id    text NOT NULL,
    alert        jsonb NOT NULL,
    raised       boolean NOT NULL,
    PRIMARY KEY (partition, organization, alert_id)
);
CREATE INDEX crossing_pending ON budget.crossing (partition, organization) WHERE NOT raised;
SELECT kit.secure_view('budget', 'crossing');

-- Every alert of any cause, and who has seen to it.
CREATE TABLE budget.alert (
    partition       int NOT NULL,
    organization    text NOT NULL,
    alert_id        text NOT NULL,
    raised_at       timestamptz NOT NULL,
    severity        text NOT NULL,
    kind            text NOT NULL,
    entity          text NOT NULL,
    subject         text,
    alert           jsonb NOT NULL,
    acknowledged_at timestamptz,
    acknowledged_by text,
    PRIMARY KEY (partition, organization, alert_id)
);
CREATE INDEX alert_newest ON budget.alert (partition, organization, raised_at DESC, alert_id DESC);
SELECT kit.secure_view('budget', 'alert');
