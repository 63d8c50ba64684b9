/** Much usage makes waste and a lopsided choice of models an alert, once a month. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.reaction.efficiency;
