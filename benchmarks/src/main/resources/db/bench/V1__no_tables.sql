-- The benchmarks are a service as any other: logins of their own, and no tables.
SELECT 1;
