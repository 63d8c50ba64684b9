package dev.centime.ingest.reaction;

import java.util.List;

/**
 * A page of calls, in the order of time.
 *
 * @param eventIds of their records; none on the page after the last
 * @param end where the next page begins; what tells calls of one moment apart differs with the table they are read from
 */
record CallPage<E>(List<String> eventIds, E end) {}
