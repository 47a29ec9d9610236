package dev.monolift.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of text whose parts have a meaning; the terminal decides on colours.
 *
 * @param spans its parts
 */
record Text(List<Span> spans) {
  /** What a part means. */
  enum Style {
    /** Nothing special. */
    PLAIN,
    /** A name. */
    BOLD,
    /** Less important. */
    DIM,
    /** As it should be. */
    GOOD,
    /** On its way. */
    BUSY,
    /** A problem. */
    BAD
  }

  /** A part. */
  record Span(Style style, String text) {}

  Text {
    spans = List.copyOf(spans);
  }

  static Text of(String text) {
    return new Text(List.of(new Span(Style.PLAIN, text)));
  }

  static Text of(Style style, String text) {
    return new Text(List.of(new Span(style, text)));
  }

  Text then(Style style, String text) {
    var longer = new ArrayList<>(spans);
    longer.add(new Span(style, text));
    return new Text(longer);
  }

  Text then(String text) {
    return then(Style.PLAIN, text);
  }

  Text after(String prefix) {
    var longer = new ArrayList<Span>();
    longer.add(new Span(Style.DIM, prefix));
    longer.addAll(spans);
    return new Text(longer);
  }

  /** The text without styles. */
  String plain() {
    var text = new StringBuilder();
    spans.forEach(span -> text.append(span.text()));
    return text.toString();
  }

  /** The first characters. */
  Text cut(int width) {
    var shorter = new ArrayList<Span>();
    int left = width;
    for (Span span : spans) {
      int length = Math.min(left, span.text().length());
      shorter.add(new Span(span.style(), span.text().substring(0, length)));
      left -= length;
    }
    return new Text(shorter);
  }
}
