/** The budgets there are, as the log tells, for what a forecast means to them. budget-service owns them. */
@org.jspecify.annotations.NullMarked
package dev.centime.forecast.budget;
