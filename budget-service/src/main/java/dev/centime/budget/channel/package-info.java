/** The ways by which a message leaves the house: console, mail, Slack, signed webhooks. */
@org.jspecify.annotations.NullMarked
package dev.centime.budget.channel;
