/** The door itself: whose key or session a request comes with, for which organization, how often, under which headers. */
@org.jspecify.annotations.NullMarked
package dev.centime.gateway.door;
