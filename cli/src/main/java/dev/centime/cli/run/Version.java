package dev.centime.cli.run;

/** Which version this is. */
public final class Version implements picocli.CommandLine.IVersionProvider {
    /** From the jar's manifest; the tests run from bare classes and have none. */
    static final String CURRENT = read();

    private static String read() {
        var version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"centime " + CURRENT};
    }
}
