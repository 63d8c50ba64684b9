-- What the gateway knows of organizations, keys and sessions is held in memory from the log; it has no views of its own.
SELECT kit.install_idempotency('gateway');
SELECT log.install_runner('gateway');
