package dev.monolift.drain;

import java.util.Locale;
import java.util.regex.Pattern;

/** What the text of a PHP program says about signals. */
final class PhpText {
  /** Comments and strings, which may name a function without calling it. */
  private static final Pattern SILENT =
      Pattern.compile(
          "'(?:[^'\\\\]|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\"|/\\*(?s:.*?)\\*/|(?://|#(?!\\[))[^\\n]*");

  private static final Pattern HANDLER = Pattern.compile("\\bpcntl_signal\\s*\\(");
  private static final Pattern DISPATCH =
      Pattern.compile(
          "\\bpcntl_async_signals\\s*\\(\\s*(?:true|1)\\b|\\bpcntl_signal_dispatch\\s*\\("
              + "|\\bdeclare\\s*\\(\\s*ticks\\b|\\bpcntl_sigwaitinfo\\s*\\(|\\bpcntl_sigtimedwait\\s*\\(");
  private static final Pattern OTHER_CODE =
      Pattern.compile("\\b(?:require|require_once|include|include_once|eval)\\b");

  private PhpText() {}

  /** What a text tells. */
  enum Finding {
    /** It has a handler, and PHP comes to run it. */
    HANDLES,
    /** It has no handler, and loads no other code that could. */
    NO_HANDLER,
    /** It has a handler and nothing that lets PHP run it. */
    HANDLER_NOT_RUN,
    /** It loads other code. */
    UNKNOWN
  }

  static Finding of(String text) {
    String code = SILENT.matcher(text).replaceAll("''").toLowerCase(Locale.ROOT);
    boolean handler = HANDLER.matcher(code).find();
    boolean dispatch = DISPATCH.matcher(code).find();
    if (handler && dispatch) {
      return Finding.HANDLES;
    }
    if (OTHER_CODE.matcher(code).find()) {
      return Finding.UNKNOWN;
    }
    return handler ? Finding.HANDLER_NOT_RUN : Finding.NO_HANDLER;
  }
}
