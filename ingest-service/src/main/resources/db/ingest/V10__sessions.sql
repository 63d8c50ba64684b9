-- What sessions add up to, by session and person, so that a list of them costs by sessions and not by calls. A session is mostly one
-- person's; where it is not, the list adds its few rows up.

-- The sums of the cells, whichever they are: another sum there is another one here.
CREATE TABLE ingest.session_total (LIKE ingest.cell_day INCLUDING DEFAULTS) WITH (fillfactor = 80);

ALTER TABLE ingest.session_total
    DROP COLUMN bucket,
    DROP COLUMN provider,
    DROP COLUMN model,
    DROP COLUMN project,
    DROP COLUMN experiment,
    DROP COLUMN operation,
    DROP COLUMN known_on,
    ADD COLUMN session  text        NOT NULL,
    ADD COLUMN first_at timestamptz NOT NULL,
    ADD COLUMN last_at  timestamptz NOT NULL,
    -- Of the session's calls, at most a hundred.
    ADD COLUMN models   text[]      NOT NULL,
    ADD PRIMARY KEY (partition, organization, session, subject);

CREATE INDEX session_total_last ON ingest.session_total (partition, organization, last_at);

SELECT kit.secure_view('ingest', 'session_total');

-- What a file that was imported says a session may cost.
CREATE TABLE ingest.session_budget (
    partition    int             NOT NULL,
    organization text            NOT NULL,
    session      text            NOT NULL,
    allocated    numeric(38, 18) NOT NULL,
    PRIMARY KEY (partition, organization, session)
);

SELECT kit.secure_view('ingest', 'session_budget');
