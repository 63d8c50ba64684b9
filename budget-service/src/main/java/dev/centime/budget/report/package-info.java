/** What a week cost, by mail: when it is due, and how it reads. */
@org.jspecify.annotations.NullMarked
package dev.centime.budget.report;
