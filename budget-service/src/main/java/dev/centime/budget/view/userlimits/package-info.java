/** The limits that people were given. */
@org.jspecify.annotations.NullMarked
package dev.centime.budget.view.userlimits;
