/** Whether budgets allow a call, answered from memory. */
@org.jspecify.annotations.NullMarked
package dev.centime.budget.view.checklimit;
