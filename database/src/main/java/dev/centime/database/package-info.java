/**
 * The database's versions: one job creates the roles and brings every schema to the version its service waits for. The
 * migrations themselves lie with their owners, as {@code db/SCHEMA/V*.sql} on the class path of the job.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.database;
