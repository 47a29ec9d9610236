package dev.monolift.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which words of a text are relative names of Services. */
class ServiceNamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "db.stock.svc | db.stock.svc",
        "DB.Stock.SVC | DB.Stock.SVC",
        "db.stock.svc:3306 | db.stock.svc",
        "mysql:host=db.stock.svc;dbname=x | db.stock.svc",
        "http://api.stock.svc/v1 | api.stock.svc",
        "redis://app:secret@cache.stock.svc:6379/0 | cache.stock.svc",
        "\"db.stock.svc\" | db.stock.svc",
        "a.b.c.svc | a.b.c.svc",
        "$(NAME).stock.svc | $(NAME).stock.svc",
        "http://${NAME}.${SPACE}.svc:80 | ${NAME}.${SPACE}.svc",
        "$(NAME).svc | $(NAME).svc",
      })
  void isFound(String text, String name) {
    assertThat(ServiceNames.in(text)).containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "db.svc",
        ".svc",
        ".svc,.cluster.local",
        "*.stock.svc",
        ".stock.svc",
        "db.stock.svc.cluster.local",
        "db.stock.svc.",
        "db.stock.svcs",
        "db.stock.svc-old",
        "db.stock.service",
        "svc.corp.example",
        "db.stock",
        "file.stock_svc",
      })
  void isNotFound(String text) {
    assertThat(ServiceNames.in(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b.svc,c.d.svc", "a.b.svc c.d.svc", "x=a.b.svc\ny=c.d.svc:80\n"})
  void allAreFound(String text) {
    assertThat(ServiceNames.in(text)).isEqualTo(List.of("a.b.svc", "c.d.svc"));
  }
}
