-- A platform admin reads the budgets of all organizations, oldest first, a page at a time.
CREATE INDEX budget_oldest ON budget.budget (created_at, budget_id COLLATE "C") WHERE deleted_at IS NULL;
