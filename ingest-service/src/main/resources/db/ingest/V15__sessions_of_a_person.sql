-- A person's own sessions, of all time, are found without walking through everybody's.
CREATE INDEX session_total_subject ON ingest.session_total (partition, organization, subject);
