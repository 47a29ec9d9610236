package dev.monolift.node;

/**
 * Something that keeps pods running, as kubectl names it.
 *
 * @param kind monolithworker or deployment
 * @param name its name, which is that of its Deployment, of its queue, and the value of its pods'
 *     label too
 */
record Subject(String kind, String name) {
  /** Label of the pods of a subject. */
  static final String LABEL = "monolift.test/subject";

  /** Annotation of its template: a number that grows with each change. */
  static final String TEMPLATE = "monolift.test/template";

  static Subject worker(String name) {
    return new Subject("monolithworker", name);
  }

  static Subject deployment(String name) {
    return new Subject("deployment", name);
  }

  /** What stands beside a worker for comparison, without Monolift. */
  Subject plain() {
    return deployment(name + "-plain");
  }

  /** For kubectl. */
  String resource() {
    return kind + "/" + name;
  }
}
