/**
 * What a call costs: pure, exact arithmetic on prices that were looked up by provider, model and moment. Imports no framework,
 * asks no clock, rounds nothing.
 *
 * <p>Here and not in a service, because two of them must agree to the last digit: ingest-service prices what was used, and
 * recommendation-service prices it again with other models. See decision 0052.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.contracts.price;
