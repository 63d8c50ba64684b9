-- Which record an answer counts under that session logs of Claude Code tell of more than once: a sidechain copies what was said before it,
-- under request ids of its own. No view: it is written before the record is, and kept for ever, as the ids of events are.
CREATE TABLE ingest.session_answer (
    partition    int     NOT NULL,
    organization text    NOT NULL,
    -- The answer's own id, the same in every copy.
    message      text    NOT NULL,
    record_id    text    NOT NULL,
    -- Whether the row that was told of first may itself be a copy.
    copied       boolean NOT NULL,
    PRIMARY KEY (partition, organization, message)
);

SELECT kit.secure_table('ingest', 'session_answer');
