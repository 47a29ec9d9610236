package dev.monolift.cli.manifest;

import java.io.StringWriter;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Prints objects the way people write them: no quotes that are not needed, texts of several lines
 * as blocks.
 */
public final class YamlPrinter {
  private static final int NEVER_FOLD = Integer.MAX_VALUE;

  private YamlPrinter() {}

  /**
   * One document.
   *
   * @param object the object as maps, lists and scalars
   * @return YAML with a line break at its end, without a separator
   */
  public static String print(Map<String, Object> object) {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(FlowStyle.BLOCK);
    options.setSplitLines(false);
    options.setWidth(NEVER_FOLD);
    var text = new StringWriter();
    new Yaml(new Blocks(options), options).dump(object, text);
    return text.toString();
  }

  /** SnakeYAML's representation, with block style for texts of several lines. */
  private static final class Blocks extends Representer {
    Blocks(DumperOptions options) {
      super(options);
    }

    @Override
    protected Node representScalar(Tag tag, String value, ScalarStyle style) {
      boolean block = tag.equals(Tag.STR) && value.indexOf('\n') >= 0;
      return super.representScalar(tag, value, block ? ScalarStyle.LITERAL : style);
    }
  }
}
