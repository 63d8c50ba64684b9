/** What a call would cost: counted, priced, and kept to be set against what it did cost. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.command.estimatecost;
