package dev.monolift.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Version of this program, as the build wrote it. */
public final class Version implements IVersionProvider {
  /** For picocli. */
  public Version() {}

  /**
   * The version.
   *
   * @return for example {@code 0.1.0}
   */
  public static String current() {
    var properties = new Properties();
    try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
      properties.load(Objects.requireNonNull(file, "version.properties is not on the class path"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"monolift " + current() + " (Java " + Runtime.version() + ")"};
  }
}
