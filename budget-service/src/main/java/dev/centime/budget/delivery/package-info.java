/** Messages on their way: kept in the database until they are delivered, tried again, given up or held back. */
@org.jspecify.annotations.NullMarked
package dev.centime.budget.delivery;
