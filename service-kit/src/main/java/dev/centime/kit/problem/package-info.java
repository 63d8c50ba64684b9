/** Every "no" and every failure as problem details of RFC 9457, whoever says it: a resource, Jackson, validation, the router. */
@org.jspecify.annotations.NullMarked
package dev.centime.kit.problem;
