package dev.monolift.management;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;

/**
 * Passes events on, those of libraries without stack traces. A library logs one for every request
 * that failed while the API server was away, which tells nothing about a defect; what is our defect
 * is logged by us.
 */
final class LibraryFailuresOnOneLine extends AppenderBase<ILoggingEvent> {
  private final Appender<ILoggingEvent> target;

  LibraryFailuresOnOneLine(Appender<ILoggingEvent> target) {
    this.target = target;
  }

  @Override
  protected void append(ILoggingEvent event) {
    IThrowableProxy failure = event.getThrowableProxy();
    boolean ours = event.getLoggerName().startsWith("dev.monolift");
    target.doAppend(failure == null || ours ? event : oneLine(event, failure));
  }

  private LoggingEvent oneLine(ILoggingEvent event, IThrowableProxy failure) {
    Logger logger = ((LoggerContext) getContext()).getLogger(event.getLoggerName());
    var line =
        new LoggingEvent(
            Logger.class.getName(),
            logger,
            event.getLevel(),
            event.getFormattedMessage() + ": " + root(failure),
            null,
            null);
    line.setTimeStamp(event.getTimeStamp());
    line.setThreadName(event.getThreadName());
    line.setMDCPropertyMap(event.getMDCPropertyMap());
    return line;
  }

  private static String root(IThrowableProxy failure) {
    IThrowableProxy root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClassName() + ": " + root.getMessage();
  }
}
