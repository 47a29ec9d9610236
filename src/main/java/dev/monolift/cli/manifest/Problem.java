package dev.monolift.cli.manifest;

/**
 * Something wrong in a file, for the person who wrote it.
 *
 * @param file the file as it was named on the command line
 * @param line line in the file, from 1
 * @param subject what the document describes, for example {@code MonolithWorker mail}; empty when
 *     that is not known
 * @param path path of the field, for example {@code spec.template.spec.containers[0].image}; empty
 *     for the document as a whole
 * @param message what is wrong and what to do
 */
public record Problem(String file, int line, String subject, String path, String message) {
  @Override
  public String toString() {
    var text = new StringBuilder().append(file).append(':').append(line).append(": ");
    if (!subject.isEmpty()) {
      text.append(subject).append(": ");
    }
    if (!path.isEmpty()) {
      text.append(path).append(": ");
    }
    return text.append(message).toString();
  }
}
