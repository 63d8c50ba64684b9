/**
 * The door that every service shares: who calls ({@link dev.centime.kit.Caller}), for which tenant ({@link
 * dev.centime.kit.Tenants}), how a "no" looks ({@link dev.centime.kit.Problem}), how lists are paged ({@link
 * dev.centime.kit.Page}) and how a read waits for a write ({@code Centime-At-Least}). About HTTP and tenancy only.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.kit;
