-- What is held against budgets for calls under way, and what administrators let be spent beyond them.

-- A reservation that is not closed. What it holds of which budget follows from its dimensions.
CREATE TABLE budget.reservation (
    partition      int NOT NULL,
    organization   text NOT NULL,
    reservation_id text NOT NULL,
    amount         numeric(38, 18) NOT NULL,
    dimensions     jsonb NOT NULL,
    made_at        timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    PRIMARY KEY (partition, organization, reservation_id)
);
SELECT kit.secure_view('budget', 'reservation');

-- The last LimitLifted; null when it was taken back.
ALTER TABLE budget.budget ADD COLUMN lift jsonb;
