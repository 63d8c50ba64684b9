package dev.centime.budget;

import java.net.URI;
import java.net.URISyntaxException;

/** Where something can be posted to. */
public final class WebAddress {
    public static final int MAX_LENGTH = 500;
    public static final String OTHERWISE = "must be an http or https address without a name or password in it";

    private WebAddress() {}

    public static boolean isOne(String text) {
        try {
            var uri = new URI(text);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getPort() != 0
                    && uri.getPort() <= 65_535;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Its host, and a sign that there is more: paths and queries may hold what lets one in. */
    public static String shown(String address) {
        var uri = URI.create(address);
        var path = uri.getRawPath();
        var more = uri.getRawQuery() != null || path != null && path.length() > 1;
        return uri.getScheme() + "://" + uri.getRawAuthority() + "/" + (more ? "…" : "");
    }
}
