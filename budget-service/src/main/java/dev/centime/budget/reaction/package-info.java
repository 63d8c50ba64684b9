/** An event makes something else happen. */
@org.jspecify.annotations.NullMarked
package dev.centime.budget.reaction;
