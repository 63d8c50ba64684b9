package dev.centime.cli.ask;

import dev.centime.cli.Failure;
import dev.centime.cli.run.AdminKey;
import dev.centime.cli.run.DataDirectory;
import dev.centime.cli.run.DataDirectoryOption;
import dev.centime.cli.run.InstanceState;
import picocli.CommandLine.Mixin;

/** Which gateway is asked: CENTIME_URL and CENTIME_API_KEY, else the local instance's. */
public final class GatewayOption {
    @Mixin
    private DataDirectoryOption place;

    public Gateway gateway() {
        return new Gateway(address(), key());
    }

    /** The local instance's, there or not. */
    public DataDirectory directory() {
        return place.directory();
    }

    private String address() {
        var chosen = System.getenv("CENTIME_URL");
        if (chosen != null && !chosen.isBlank()) {
            if (!chosen.startsWith("http://") && !chosen.startsWith("https://")) {
                throw new Failure("CENTIME_URL must begin with http:// or https://.", 2);
            }
            return chosen.strip();
        }
        return InstanceState.read(place.directory())
                .map(InstanceState::address)
                .orElseThrow(() -> new Failure(
                        "There is no Centime in " + place.directory()
                                + ": start one with `centime up`, or set CENTIME_URL and CENTIME_API_KEY.",
                        Failure.UNREACHABLE));
    }

    private String key() {
        var chosen = System.getenv("CENTIME_API_KEY");
        return chosen != null && !chosen.isBlank() ? chosen.strip() : AdminKey.of(place.directory());
    }
}
