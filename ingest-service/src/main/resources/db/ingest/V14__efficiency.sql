-- What tells whether two calls did the same task: the hash of their prompt, and which call a call repeats. Null for most.
--
-- Calls recorded before have neither until the view calls is rebuilt; their tags tell of tasks all the same.
ALTER TABLE ingest.usage_detail
    ADD COLUMN prompt   text,
    ADD COLUMN retry_of text;

-- When an organization's efficiency was last looked at, and how much of the log its calls held then. No view: nothing here is folded
-- from the log, and losing it costs another look.
CREATE TABLE ingest.efficiency_check (
    partition    int         NOT NULL,
    organization text        NOT NULL,
    checked_at   timestamptz NOT NULL,
    up_to        bigint      NOT NULL,
    PRIMARY KEY (partition, organization)
);

SELECT kit.secure_table('ingest', 'efficiency_check');
