/** {@code GET /live}: what happens, while it happens, as server-sent events. */
@org.jspecify.annotations.NullMarked
package dev.centime.gateway.view.live;
