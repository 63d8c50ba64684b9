package dev.centime.kit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a caller may do; the table in the REST contract says where. */
public enum Role {
    /** Reads his own calls and totals, and records as himself. */
    USER(Names.USER),
    /** Everything within an organization. */
    ORG_ADMIN(Names.ORG_ADMIN),
    /** Everything, for any organization. */
    PLATFORM_ADMIN(Names.PLATFORM_ADMIN),
    /** Records usage and asks for limits, reads nothing. */
    INGEST(Names.INGEST);

    private final String text;

    Role(String text) {
        this.text = text;
    }

    /** As in tokens, JSON and {@code @RolesAllowed}. */
    @JsonValue
    public String text() {
        return text;
    }

    /** @throws IllegalArgumentException when there is no such role */
    @JsonCreator
    public static Role of(String text) {
        for (var role : values()) {
            if (role.text.equals(text)) {
                return role;
            }
        }
        throw new IllegalArgumentException("must be one of user, org_admin, platform_admin, ingest");
    }

    /** The texts as constants, for annotations. */
    public static final class Names {
        public static final String USER = "user";
        public static final String ORG_ADMIN = "org_admin";
        public static final String PLATFORM_ADMIN = "platform_admin";
        public static final String INGEST = "ingest";

        private Names() {}
    }
}
