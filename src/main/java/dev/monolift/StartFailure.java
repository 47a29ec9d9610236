package dev.monolift;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operator could not start; the message is a sentence for a person. */
@SuppressWarnings("serial")
public final class StartFailure extends RuntimeException {

  private StartFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Says what a failure at the start means.
   *
   * @param failure what was thrown
   * @param server URL of the API server
   * @param definitions names of the CustomResourceDefinitions, as {@code plural.group}
   * @return the failure to throw
   */
  static StartFailure of(Throwable failure, String server, List<String> definitions) {
    var refusal = cause(failure, KubernetesClientException.class);
    if (refusal != null && refusal.getCode() == 404) {
      // the only watched types that a cluster may lack are our own
      return new StartFailure(
          "The CustomResourceDefinition "
              + missing(refusal, definitions)
              + " is not installed in the cluster at "
              + server
              + ". Install it with: kubectl apply -f crds/",
          failure);
    }
    if (refusal != null && refusal.getCode() == 403) {
      return new StartFailure(
          "The API server at "
              + server
              + " forbids what the operator needs: "
              + refusal.getMessage()
              + " Install the operator's roles, or run it as a user who has them.",
          failure);
    }
    if (refusal != null && refusal.getCode() == 401) {
      return new StartFailure(
          "The API server at "
              + server
              + " does not accept the credentials: "
              + refusal.getMessage(),
          failure);
    }
    return new StartFailure(
        "The operator cannot start on the API server at " + server + ": " + root(failure), failure);
  }

  private static String missing(KubernetesClientException refusal, List<String> definitions) {
    return definitions.stream()
        .filter(
            name ->
                String.valueOf(refusal.getMessage())
                    .contains("/" + name.substring(0, name.indexOf('.'))))
        .findFirst()
        .orElseGet(() -> String.join(" or ", definitions));
  }

  private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }

  private static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : message;
  }
}
