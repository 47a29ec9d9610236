package dev.monolift.dns;

import dev.monolift.api.v1alpha1.DnsEndpoint.SslMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** libpq's sslmode, read from where libpq reads it. */
final class PgSslMode {
  private static final Pattern MODE =
      Pattern.compile("(?i)(?<![\\p{L}\\p{N}_])sslmode\\s*=\\s*'?([^\\s;&'\"]*)");
  private static final Pattern SYSTEM_ROOT =
      Pattern.compile("(?i)(?<![\\p{L}\\p{N}_])sslrootcert\\s*=\\s*'?system(?![\\p{L}\\p{N}_/.])");

  private PgSslMode() {}

  /**
   * The mode in force. A verify-full in the value counts whatever the field says: libpq will do it.
   *
   * @param field the endpoint's sslMode; null means not set
   * @param value the setting's value
   * @param pgSslMode value of the container's PGSSLMODE; null means it has none
   * @return the mode; empty when a mode is given that cannot be read
   */
  static Optional<SslMode> of(@Nullable SslMode field, String value, @Nullable String pgSslMode) {
    Matcher matcher = MODE.matcher(value);
    boolean inValue = matcher.find();
    Optional<SslMode> valueMode = inValue ? parse(matcher.group(1)) : Optional.empty();
    if (valueMode.equals(Optional.of(SslMode.verifyFull))) {
      return valueMode;
    }
    if (field != null) {
      return Optional.of(field);
    }
    if (inValue) {
      return valueMode;
    }
    if (pgSslMode != null) {
      return parse(pgSslMode);
    }
    // libpq 16: certificates of the system's own list are worth nothing without the name
    return Optional.of(SYSTEM_ROOT.matcher(value).find() ? SslMode.verifyFull : SslMode.prefer);
  }

  private static Optional<SslMode> parse(String mode) {
    return switch (mode.toLowerCase(Locale.ROOT)) {
      case "disable" -> Optional.of(SslMode.disable);
      case "allow" -> Optional.of(SslMode.allow);
      case "prefer" -> Optional.of(SslMode.prefer);
      case "require" -> Optional.of(SslMode.require);
      case "verify-ca" -> Optional.of(SslMode.verifyCa);
      case "verify-full" -> Optional.of(SslMode.verifyFull);
      default -> Optional.empty();
    };
  }
}
