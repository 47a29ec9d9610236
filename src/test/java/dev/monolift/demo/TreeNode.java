package dev.monolift.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of the tree and what is below it.
 *
 * @param detail 0 is always shown; a node of a higher number goes first when room is short
 * @param text the line
 * @param children nodes below, in order
 */
record TreeNode(int detail, Text text, List<TreeNode> children) {
  /** The highest number of a detail. */
  static final int ALL = 4;

  TreeNode {
    children = List.copyOf(children);
  }

  static TreeNode leaf(int detail, Text text) {
    return new TreeNode(detail, text, List.of());
  }

  /** The lines of some trees, without nodes of more detail than asked for. */
  static List<Text> lines(List<TreeNode> roots, int detail) {
    var lines = new ArrayList<Text>();
    for (TreeNode root : roots) {
      lines.add(root.text);
      below(root, "", detail, lines);
    }
    return lines;
  }

  private static void below(TreeNode parent, String indent, int detail, List<Text> lines) {
    List<TreeNode> shown = parent.children.stream().filter(node -> node.detail <= detail).toList();
    for (int i = 0; i < shown.size(); i++) {
      boolean last = i == shown.size() - 1;
      lines.add(shown.get(i).text.after(indent + (last ? "└─ " : "├─ ")));
      below(shown.get(i), indent + (last ? "   " : "│  "), detail, lines);
    }
  }
}
