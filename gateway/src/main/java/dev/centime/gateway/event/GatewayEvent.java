package dev.centime.gateway.event;

import java.util.List;

/** What the gateway itself decides: who may come in. Organizations are shared events, see the contracts. */
public sealed interface GatewayEvent
        permits ApiKeyCreated, ApiKeyRotated, ApiKeyRevoked, SessionOpened, SessionClosed, OrganizationRead {

    /** Every kind of it. */
    static List<Class<? extends GatewayEvent>> all() {
        return List.of(
                ApiKeyCreated.class,
                ApiKeyRotated.class,
                ApiKeyRevoked.class,
                SessionOpened.class,
                SessionClosed.class,
                OrganizationRead.class);
    }
}
