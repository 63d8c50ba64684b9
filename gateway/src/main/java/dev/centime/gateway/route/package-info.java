/** Which path is whose, who may call it, and how a request gets there and its answer back, unread. */
@org.jspecify.annotations.NullMarked
package dev.centime.gateway.route;
