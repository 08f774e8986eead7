package io.dcssync.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version as the build wrote it into {@code version.properties}. */
public final class VersionFromBuild implements IVersionProvider {

    /** Returns the bare version, such as {@code 1.2.3}. */
    public static String version() {
        Properties properties = new Properties();
        try (InputStream in = VersionFromBuild.class.getResourceAsStream("/version.properties")) {
            properties.load(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties.getProperty("version");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"dcs-sync " + version()};
    }
}
