/** What the gateway records about who may come in. */
@org.jspecify.annotations.NullMarked
package dev.centime.gateway.event;
