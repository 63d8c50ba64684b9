/**
 * The series that forecasts stand on: what was spent, by quarter of an hour, in three grains. {@link
 * dev.centime.forecast.spend.SpendByQuarterHour} folds it from the log, {@link dev.centime.forecast.spend.DailySpend} reads days of any
 * zone from it.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.forecast.spend;
