@org.jspecify.annotations.NullMarked
package dev.centime.budget.view.increases;
