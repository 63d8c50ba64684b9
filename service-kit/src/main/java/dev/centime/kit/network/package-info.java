/** Which addresses a service may connect to when somebody else names them. */
@org.jspecify.annotations.NullMarked
package dev.centime.kit.network;
