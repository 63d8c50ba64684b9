-- Questions that read calls one by one, of an organization that has many.

-- What was corrected, and what repeats a failed call, are few of many calls: they are found without walking through all of them.
CREATE INDEX usage_detail_correction ON ingest.usage_detail (partition, organization, at) WHERE correction;
CREATE INDEX usage_detail_retry ON ingest.usage_detail (partition, organization, at) WHERE retry_of IS NOT NULL;
