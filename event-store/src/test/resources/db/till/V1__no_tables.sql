-- A service of the tests: it needs logins of its own, and no tables.
SELECT 1;
