package dev.monolift.dns;

import dev.monolift.plan.ChildNames;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The ConfigMaps that pods use instead of the user's, or besides them.
 *
 * <p>A name says what Monolift writes: a change of {@code spec.dns} makes another object, which
 * only pods of the new template name. An old pod that starts again while a rollout stalls finds
 * what it had.
 */
final class DerivedConfigMaps {
  private static final int NAME_LIMIT = 253;
  private static final int READABLE = 120;

  /** File name of the php.ini part; zz so that it is read after the image's own files. */
  static final String PHP_INI_KEY = "zz-monolift.ini";

  private DerivedConfigMaps() {}

  /**
   * A copy of a user's ConfigMap with dots in its files. It follows the user's under the same name,
   * as long as the same dots are written.
   *
   * @param owner name of the resource
   * @param map the user's ConfigMap
   * @param edits where to write dots
   * @param revision for whom they are written; the user's data has no part in it
   * @return the copy: name and data only
   */
  static ConfigMap copy(String owner, ConfigMap map, DotEdits edits, String revision) {
    String name = map.getMetadata().getName();
    var data = new LinkedHashMap<String, String>();
    map.getData()
        .forEach(
            (key, text) ->
                data.put(
                    key, edits.apply(new Setting.Place(Setting.Place.Kind.File, name, key), text)));
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name(owner, name, name + "\n" + revision))
        .endMetadata()
        .withData(data)
        .withBinaryData(map.getBinaryData())
        .build();
  }

  /**
   * The ConfigMap with the php.ini part. Its name stands for its content, but it is not immutable:
   * an edit by somebody else can be undone in place.
   *
   * @param owner name of the resource
   * @param directives values by directive, in order
   * @return the ConfigMap: name and data only
   */
  static ConfigMap phpIni(String owner, Map<String, String> directives) {
    var text =
        new StringBuilder("; Written by Monolift from spec.dns.endpoints of " + owner + ".\n");
    directives.forEach((directive, value) -> text.append(PhpIniSettings.line(directive, value)));
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name(owner, "php-ini", "\n" + text))
        .endMetadata()
        .withData(Map.of(PHP_INI_KEY, text.toString()))
        .build();
  }

  /**
   * A name with a hash of owner and identity: owner "a" with "b-c" and owner "a-b" with "c" must
   * not share one, and a user's ConfigMap must not have it by chance. The identity of a copy begins
   * with the name of its source, that of the php.ini part with a line end.
   */
  private static String name(String owner, String readable, String identity) {
    String shown = readable.substring(0, Math.min(readable.length(), READABLE));
    return ChildNames.child(owner, shown + "-" + hash(owner + "/" + identity), NAME_LIMIT);
  }

  private static String hash(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }
}
