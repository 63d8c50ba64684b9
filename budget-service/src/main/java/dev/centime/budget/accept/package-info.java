/** Foreign input becomes a budget: every field is looked at, and all that is wrong is said at once. */
@org.jspecify.annotations.NullMarked
package dev.centime.budget.accept;
