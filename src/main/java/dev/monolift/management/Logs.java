package dev.monolift.management;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log, on standard error: for the operator one line per change that was made and one per error,
 * with the resource it is about; for other commands warnings only. Libraries speak only when
 * something is wrong.
 */
public final class Logs {
  private static final String TEXT =
      "%d{HH:mm:ss.SSS} %-5level"
          + " %replace(%X{resource.namespace}/%X{resource.name}){'^/$', '-'} %msg"
          + " %kvp{NONE}%n%ex{full}";

  /** Loggers of libraries that say again what the operator says in its own words. */
  private static final Map<String, Level> SAID_BY_US =
      Map.of(
          // failed passes: ReconcileLoop
          "io.javaoperatorsdk.operator.processing.event.EventProcessor",
          Level.ERROR,
          // a first list that fails: StartFailure
          "io.javaoperatorsdk.operator.processing.event.source.informer.InformerWrapper",
          Level.OFF,
          // a watch that is down: ChildCache
          "io.fabric8.kubernetes.client.informers.impl.cache.Reflector",
          Level.OFF,
          // that our own API is v1alpha1
          "io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils",
          Level.ERROR);

  private Logs() {}

  /** Form of a log line. */
  public enum Format {
    /** One JSON object per line, for machines. */
    JSON,
    /** For people. */
    TEXT
  }

  /**
   * Sets the log up, in place of what was set up before.
   *
   * @param format form of a line
   */
  public static void configure(Format format) {
    configure(format, Level.INFO);
  }

  /**
   * Sets the log up, in place of what was set up before, for a command whose output is what it
   * prints: only warnings, for people.
   */
  public static void configureWarnings() {
    configure(Format.TEXT, Level.WARN);
  }

  private static void configure(Format format, Level ours) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    Encoder<ILoggingEvent> encoder = format == Format.JSON ? json() : text();
    encoder.setContext(context);
    encoder.start();
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    var oneLine = new LibraryFailuresOnOneLine(console);
    oneLine.setContext(context);
    oneLine.start();
    root.addAppender(oneLine);
    context.getLogger("dev.monolift").setLevel(ours);
    SAID_BY_US.forEach((logger, level) -> context.getLogger(logger).setLevel(level));
  }

  private static Encoder<ILoggingEvent> json() {
    var encoder = new JsonEncoder();
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    return encoder;
  }

  private static Encoder<ILoggingEvent> text() {
    var encoder = new PatternLayoutEncoder();
    encoder.setPattern(TEXT);
    return encoder;
  }
}
