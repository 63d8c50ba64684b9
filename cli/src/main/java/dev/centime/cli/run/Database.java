package dev.centime.cli.run;

import dev.centime.cli.Failure;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** The database that an instance uses, and the account that may create roles and schemas in it. */
record Database(String host, int port, String name, String user, String password) {
    /** What {@code --postgres-url} takes: {@code postgresql://user:password@host:port/database}. */
    static Database of(String url) {
        try {
            var uri = URI.create(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
            var scheme = uri.getScheme();
            var account = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
            var path = uri.getPath() == null ? "" : uri.getPath();
            if (!("postgresql".equals(scheme) || "postgres".equals(scheme))
                    || uri.getHost() == null
                    || account.isEmpty()) {
                throw malformed();
            }
            var parts = account.split(":", 2);
            return new Database(
                    uri.getHost(),
                    uri.getPort() < 0 ? 5432 : uri.getPort(),
                    path.length() < 2 ? "centime" : path.substring(1),
                    decoded(parts[0]),
                    parts.length < 2 ? "" : decoded(parts[1]));
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    /** The server that comes along. */
    static Database own(int port, Secrets secrets) {
        return new Database("127.0.0.1", port, "centime", Postgres.SUPERUSER, secrets.password(Postgres.SUPERUSER));
    }

    String jdbcUrl() {
        return "jdbc:" + url();
    }

    /** Without the account, as the services take it. */
    String url() {
        return "postgresql://" + host + ":" + port + "/" + name;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Failure malformed() {
        // The address itself is not repeated: it holds a password.
        return new Failure("--postgres-url must look like postgresql://user:password@host:5432/database.");
    }
}
