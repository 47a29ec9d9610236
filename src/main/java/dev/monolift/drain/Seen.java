package dev.monolift.drain;

/**
 * What was recognised.
 *
 * @param shape the shape
 * @param what the program, script or text that it is about, for a message
 */
record Seen(EntrypointShape shape, String what) {
  private static final int LONGEST = 60;

  Seen {
    String line = what.strip().replaceAll("\\s+", " ");
    what = line.length() > LONGEST ? line.substring(0, LONGEST - 1) + "…" : line;
  }

  /** The same with another shape. */
  Seen as(EntrypointShape other) {
    return new Seen(other, what);
  }

  /** Whether a process that gets the signal is, or becomes, the program itself. */
  boolean drains() {
    return shape.stop() == EntrypointShape.Stop.Drains;
  }
}
