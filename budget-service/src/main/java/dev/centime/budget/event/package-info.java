/** What happens in this service and is read by no other; what others read lies in the contracts. */
@org.jspecify.annotations.NullMarked
package dev.centime.budget.event;
