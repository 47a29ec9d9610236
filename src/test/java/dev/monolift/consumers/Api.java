package dev.monolift.consumers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The API server by plain HTTP, without the client that the operator uses. */
final class Api {
  static final String MERGE = "application/merge-patch+json";
  static final String JSON = "application/json";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);
  private static final int TOO_MANY = 429;
  private static final int ATTEMPTS = 30;

  private final HttpClient http;
  private final String server;
  private final String token;

  private Api(HttpClient http, String server, String token) {
    this.http = http;
    this.server = server;
    this.token = token;
  }

  /** A way in with a kubeconfig that holds a server, its certificate and a token. */
  static Api of(Path kubeconfig) {
    try {
      String text = Files.readString(kubeconfig);
      byte[] certificate = Base64.getDecoder().decode(field(text, "certificate-authority-data"));
      var http =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .sslContext(trusting(certificate))
              .build();
      return new Api(http, field(text, "server"), field(text, "token"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String field(String kubeconfig, String name) {
    var found = Pattern.compile("(?m)^\\s*" + name + ": (\\S+)$").matcher(kubeconfig);
    if (!found.find()) {
      throw new IllegalArgumentException("the kubeconfig has no " + name);
    }
    return found.group(1);
  }

  private static SSLContext trusting(byte[] certificate) throws IOException {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry(
          "server",
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate)));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads; anything but 200 fails. */
  JsonNode get(String path) {
    return send("GET", path, JSON, "", Set.of());
  }

  /**
   * Sends a request.
   *
   * @param tolerated status codes from 400 on that are as good as success
   * @return the answer
   * @throws AssertionError when the API server refuses for another reason
   */
  JsonNode send(String method, String path, String type, String body, Set<Integer> tolerated) {
    var request =
        request(path)
            .timeout(LONGEST_ANSWER)
            .header("Content-Type", type)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      var answer = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      for (int i = 0; answer.statusCode() == TOO_MANY && i < ATTEMPTS; i++) {
        // a definition that is new is not served at once
        Thread.sleep(1000);
        answer = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      }
      if (answer.statusCode() >= 400 && !tolerated.contains(answer.statusCode())) {
        throw new AssertionError(method + " " + path + " " + body + ": " + answer.body());
      }
      return MAPPER.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Opens a watch: JSON lines until somebody closes it. */
  InputStream watch(String path) throws IOException {
    try {
      var answer = http.send(request(path).build(), BodyHandlers.ofInputStream());
      if (answer.statusCode() != 200) {
        throw new IOException("watch of " + path + ": " + answer.statusCode());
      }
      return answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server + path))
        .header("Authorization", "Bearer " + token)
        .header("Accept", JSON);
  }

  static JsonNode parse(String json) throws IOException {
    return MAPPER.readTree(json);
  }
}
