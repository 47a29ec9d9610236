package dev.monolift.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the pods of a resource resolve host names.
 *
 * @param ndots the resolver option of that name, 1 to 15; null means 2 where that is safe
 * @param libc C library of the image; null means: recognise it from the image's name, else leave
 *     ndots as it is
 * @param endpoints settings that hold the name of a remote host, in the user's order; null or empty
 *     means none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DnsSpec(
    @JsonPropertyDescription(
            "Resolver option `ndots`: a name with fewer dots is tried with every search domain first. Default: 2 where the C library is known and no configured name would break, else unchanged (5 in a cluster).")
        @Min(1)
        @Max(15)
        @Nullable Integer ndots,
    @JsonPropertyDescription(
            "C library of the program's image: glibc (Debian, Ubuntu, RHEL) or musl (Alpine). Default: recognised from the image's name where possible.")
        @Nullable Libc libc,
    @JsonPropertyDescription(
            "Settings of the program that hold the name of a remote host. Monolift writes the name with a trailing dot where the client is known to work with it.")
        @Size(max = 64)
        @ValidationRule(
            value = "self.all(a, self.exists_one(b, a.host == b.host" + SAME_PLACE + "))",
            message = "two endpoints name the same host and port in the same setting; remove one")
        @ValidationRule(
            value =
                "self.all(a, !has(a.phpIni) || self.all(b, !has(b.phpIni) || a.phpIni != b.phpIni || !has(a.value) || !has(b.value) || a.value == b.value))",
            message =
                "endpoints with the same phpIni must have the same value: the directive is written once")
        @Nullable List<DnsEndpoint> endpoints) {

  /** CEL: endpoints a and b are about the same occurrences of the host. */
  private static final String SAME_PLACE =
      " && (has(a.port) ? has(b.port) && a.port == b.port : !has(b.port))"
          + " && (has(a.env) ? has(b.env) && a.env == b.env : !has(b.env))"
          + " && (has(a.phpIni) ? has(b.phpIni) && a.phpIni == b.phpIni : !has(b.phpIni))"
          + " && (has(a.file) ? has(b.file) && a.file.configMap == b.file.configMap"
          + " && a.file.path == b.file.path && a.file.key == b.file.key : !has(b.file))";

  /** C library of an image; its resolver decides what `ndots` does. */
  public enum Libc {
    /**
     * GNU C library: a name with enough dots is tried as it is first, then with the search domains.
     */
    glibc,
    /** musl: a name with enough dots is tried only as it is. */
    musl
  }
}
