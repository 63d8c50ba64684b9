/** What a platform admin sees and does about a service's views. */
@org.jspecify.annotations.NullMarked
package dev.centime.kit.projections;
