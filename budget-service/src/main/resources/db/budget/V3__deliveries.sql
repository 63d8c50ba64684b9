-- Messages about alerts on their way to where they are to go, and what their channels need to be kept secret. Neither is a projection:
-- the reaction to an alert, the sender and the door write them.

-- One message to one destination. Its id follows from the alert and the destination, so that nothing is queued twice.
CREATE TABLE budget.delivery (
    partition    int NOT NULL,
    organization text NOT NULL,
    delivery_id  text NOT NULL,
    alert_id     text NOT NULL,
    channel      text NOT NULL,
    -- The id of an address or of a webhook, the name of a Slack channel; empty for the console.
    destination  text NOT NULL,
    -- What of the destination may be shown; null where its id stands for a name.
    shown        text,
    subject      text,
    -- What the cooldown goes by: two messages about the same, of which the second is no worse than the first.
    about        text NOT NULL,
    rank         numeric NOT NULL,
    alert        jsonb NOT NULL,
    state        text NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead', 'suppressed')),
    attempts     int NOT NULL,
    -- When to try next, or, while somebody tries, when to take him for dead.
    due          timestamptz NOT NULL,
    raised_at    timestamptz NOT NULL,
    created_at   timestamptz NOT NULL,
    ended_at     timestamptz,
    last_status  int,
    last_reason  text,
    PRIMARY KEY (partition, organization, delivery_id)
);
CREATE INDEX delivery_waiting ON budget.delivery (partition, due) WHERE state = 'waiting';
CREATE INDEX delivery_newest ON budget.delivery (partition, organization, created_at DESC, delivery_id DESC);
CREATE INDEX delivery_ended ON budget.delivery (ended_at) WHERE state <> 'waiting';
CREATE INDEX delivery_about ON budget.delivery (partition, organization, about, raised_at);
SELECT kit.secure_table('budget', 'delivery');

-- Addresses and signing secrets of channels, sealed. Events hold the ids of these rows only, so that a secret can be forgotten.
CREATE TABLE budget.channel_secret (
    partition    int NOT NULL,
    organization text NOT NULL,
    secret_id    text NOT NULL,
    key_id       text NOT NULL,
    sealed       bytea NOT NULL,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (partition, organization, secret_id)
);
SELECT kit.secure_table('budget', 'channel_secret');
