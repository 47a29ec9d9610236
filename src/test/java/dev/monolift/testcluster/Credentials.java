package dev.monolift.testcluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Who may talk to the test control plane. The API server makes its own serving certificate; clients
 * have random tokens, so neither openssl nor a certificate library is needed.
 */
final class Credentials {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Credentials() {}

  /** A new random token. */
  static String token() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Writes the API server's token file. */
  static void writeTokens(Path file, List<ApiUser> users, String token) throws IOException {
    Files.writeString(
        file,
        users.stream()
            .map(user -> line(user, tokenOf(user, token)))
            .collect(Collectors.joining("\n", "", "\n")));
  }

  private static String line(ApiUser user, String token) {
    return "%s,%s,%s,\"%s\"".formatted(token, user.name(), user.name(), user.group());
  }

  private static String tokenOf(ApiUser user, String token) {
    return token + "-" + user.name();
  }

  /** Writes a fresh key that signs the tokens of service accounts. */
  static void writeServiceAccountKey(Path file) throws IOException {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
      String base64 =
          Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(key);
      Files.writeString(
          file, "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has RSA", e);
    }
  }

  /** Writes a kubeconfig for one of the users; it names no other file. */
  static Path writeKubeconfig(Path file, String server, Path authority, ApiUser user, String token)
      throws IOException {
    String data = Base64.getEncoder().encodeToString(Files.readAllBytes(authority));
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: monolift-test
          cluster:
            server: %s
            certificate-authority-data: %s
        users:
        - name: %s
          user:
            token: %s
        contexts:
        - name: monolift-test
          context:
            cluster: monolift-test
            user: %s
        current-context: monolift-test
        """
            .formatted(server, data, user.name(), tokenOf(user, token), user.name()));
  }
}
