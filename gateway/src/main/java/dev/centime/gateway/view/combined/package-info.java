/** What one answer is put together from: each part is asked of its service, and one that does not answer costs itself alone. */
@org.jspecify.annotations.NullMarked
package dev.centime.gateway.view.combined;
