package dev.monolift.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the DNS settings.
 *
 * @param ndots the ndots that the pods have
 * @param ndotsReason why, as one CamelCase word
 * @param ndotsMessage why, as a sentence
 * @param searchDomains search domains of the pods, in the resolver's order
 * @param endpoints one decision per endpoint, in the order of the spec
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DnsStatus(
    @JsonPropertyDescription("The resolver option ndots that the pods have.")
        @Nullable Integer ndots,
    @JsonPropertyDescription("Why, in one word.") @Nullable String ndotsReason,
    @JsonPropertyDescription("Why, in a sentence.") @Nullable String ndotsMessage,
    @JsonPropertyDescription("Search domains of the pods, in the resolver's order.")
        @Nullable List<String> searchDomains,
    @JsonPropertyDescription("One decision per endpoint, in the order of the spec.")
        @Nullable List<Decision> endpoints) {

  /**
   * What was decided for one endpoint.
   *
   * @param setting where the name stands, for example {@code env DB_HOST}
   * @param host the host as the user wrote it
   * @param client the client that reads it
   * @param written the host as the program sees it: with or without the trailing dot
   * @param reason why, as one CamelCase word
   * @param message why, as a sentence
   * @param queriesBefore DNS queries of one lookup (A and AAAA) without Monolift
   * @param queriesAfter DNS queries of one lookup as it is now
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Decision(
      @JsonPropertyDescription("Where the name stands, for example: env DB_HOST.") String setting,
      @JsonPropertyDescription("The host as it was written.") String host,
      @JsonPropertyDescription("The client library that reads it.") String client,
      @JsonPropertyDescription("The host as the program sees it.") String written,
      @JsonPropertyDescription("Why, in one word.") String reason,
      @JsonPropertyDescription("Why, in a sentence.") String message,
      @JsonPropertyDescription("DNS queries of one lookup (A and AAAA) without Monolift.")
          int queriesBefore,
      @JsonPropertyDescription("DNS queries of one lookup (A and AAAA) as it is now.")
          int queriesAfter) {}
}
