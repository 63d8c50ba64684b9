/** What a person, or everybody in an organization, spent: the pages of analytics, whose limits the gateway puts beside them. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.analytics;
