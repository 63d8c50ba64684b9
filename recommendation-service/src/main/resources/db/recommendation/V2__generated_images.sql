-- Tokens of generated images: priced again apart from text, as they were charged. Calls recorded before were not told apart.
ALTER TABLE recommendation.usage ADD COLUMN output_image bigint NOT NULL DEFAULT 0;
