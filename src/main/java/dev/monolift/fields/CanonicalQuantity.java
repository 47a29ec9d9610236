package dev.monolift.fields;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/**
 * Quantities as the API server writes them: {@code 0.5} becomes {@code 500m}, {@code 1024Mi}
 * becomes {@code 1Gi}. The rules are those of {@code resource.Quantity} in apimachinery.
 */
public final class CanonicalQuantity {
  private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
  private static final List<String> DECIMAL = List.of("m", "", "k", "M", "G", "T", "P", "E");
  private static final BigInteger BINARY_STEP = BigInteger.valueOf(1024);
  private static final BigInteger DECIMAL_STEP = BigInteger.valueOf(1000);

  /** The API server rounds resource lists up to thousandths. */
  private static final int MILLI = 3;

  private CanonicalQuantity() {}

  /**
   * The canonical form.
   *
   * @param text a quantity
   * @return what the API server makes of it; the text itself when it is not a quantity
   */
  public static String of(String text) {
    try {
      String trimmed = text.trim();
      BigDecimal value =
          Quantity.getAmountInBytes(new Quantity(trimmed)).setScale(MILLI, RoundingMode.UP);
      boolean small = value.abs().compareTo(new BigDecimal(BINARY_STEP)) < 0;
      if (trimmed.endsWith("i") && !small) {
        return scaled(value.setScale(0, RoundingMode.UP).toBigInteger(), BINARY_STEP, BINARY);
      }
      String plain = scaled(value.unscaledValue(), DECIMAL_STEP, DECIMAL);
      return trimmed.matches(".*[eE][+-]?[0-9]+") ? exponent(plain) : plain;
    } catch (ArithmeticException | IllegalArgumentException e) {
      return text;
    }
  }

  private static String scaled(BigInteger value, BigInteger step, List<String> suffixes) {
    if (value.signum() == 0) {
      return "0";
    }
    BigInteger rest = value;
    int suffix = 0;
    while (suffix < suffixes.size() - 1 && rest.mod(step).signum() == 0) {
      rest = rest.divide(step);
      suffix++;
    }
    return rest + suffixes.get(suffix);
  }

  /** The same number with {@code e3} in place of {@code k}, as the writer chose that notation. */
  private static String exponent(String plain) {
    for (int i = 0; i < DECIMAL.size(); i++) {
      if (!DECIMAL.get(i).isEmpty() && plain.endsWith(DECIMAL.get(i))) {
        return plain.substring(0, plain.length() - 1) + "e" + (i * 3 - MILLI);
      }
    }
    return plain;
  }
}
