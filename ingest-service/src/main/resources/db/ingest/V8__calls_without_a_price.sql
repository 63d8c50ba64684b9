-- Calls that take the next price that comes, because nothing has priced them: unpriced ones, and those with a reported cost. Whether it
-- was so from the beginning or a repricing found their price withdrawn is all one. How many tokens they have, the cells know.
--
-- Calls recorded before with a reported cost are here when the view calls was rebuilt.
ALTER TABLE ingest.unpriced_call DROP COLUMN requests, DROP COLUMN tokens;

-- After a rebuild the table's index has another name, and stays beside the new one.
DROP INDEX IF EXISTS ingest.unpriced_call_model;
CREATE INDEX unpriced_call_page ON ingest.unpriced_call (partition, organization, provider, model, at, event_id);
