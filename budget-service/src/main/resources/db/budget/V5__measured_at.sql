-- When the log learned of the revision measured_since: windows that were over by then raise nothing, however late their calls are told.
ALTER TABLE budget.budget ADD COLUMN measured_at timestamptz NOT NULL DEFAULT now();
ALTER TABLE budget.budget ALTER COLUMN measured_at DROP DEFAULT;
