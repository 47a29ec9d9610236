package dev.monolift.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.shell.WordPart.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ShellReaderTest {
  private static Script read(String text) {
    return ((ShellReader.Accepted) ShellReader.read(text)).script();
  }

  private static Command only(String text) {
    return read(text).statements().getFirst().andOr().first().commands().getFirst();
  }

  private static Command.Simple simple(String text) {
    return (Command.Simple) only(text);
  }

  @Test
  void quotesAreRemovedAndSubstitutionsStay() {
    var command = simple("A=\"$B\" exec php 'a b'\"c\"\\ d \"x $(date) y\" \"${C:-\"}\"}\" $((1))");

    assertThat(command.assignments()).extracting(Assignment::name).containsExactly("A");
    assertThat(command.name()).contains("exec");
    assertThat(command.words().get(2).text()).contains("a bc d");
    assertThat(command.words().get(3).text()).isEqualTo(Optional.empty());
    assertThat(command.words().get(3).shown()).isEqualTo("x $(date) y");
    assertThat(command.words().get(4).parts())
        .contains(new WordPart.Expansion(Kind.PARAMETER, "${C:-\"}\"}", true, null));
    assertThat(command.words().get(5).raw()).isEqualTo("$((1))");
  }

  @Test
  void theCommandsOfASubstitutionCanBeLookedAt() {
    var part = simple("echo \"$(case x in a) exit;; esac; date)\"").words().get(1).parts().get(1);

    assertThat(part)
        .isInstanceOfSatisfying(
            WordPart.Expansion.class,
            it -> assertThat(it.script()).extracting(s -> s.statements().size()).isEqualTo(2));
  }

  @Test
  void everyCommandKnowsItsPlace() {
    var script = read("# first\ncd /srv &&\n  php \\\n    w.php\n");
    var second = script.statements().getFirst().andOr().rest().getFirst().pipeline();
    var php = (Command.Simple) second.commands().getFirst();

    assertThat(php.at()).isEqualTo(new Position(3, 3));
    assertThat(php.words().get(1).at()).isEqualTo(new Position(4, 5));
    assertThat(script.newlineAtEnd()).isTrue();
    assertThat(read("php w.php").newlineAtEnd()).isFalse();
  }

  @Test
  void hereDocumentsBelongToTheirRedirections() {
    var command = simple("cat <<-E 3<<'F' >x\n\tone $a\n\tE\ntwo\nF\n");

    assertThat(command.redirections()).hasSize(3);
    var first = command.redirections().getFirst().hereDocument();
    var second = command.redirections().get(1);
    assertThat(first).extracting(HereDocument::body).isEqualTo("\tone $a\n");
    assertThat(first).extracting(HereDocument::isLiteral).isEqualTo(false);
    assertThat(second.descriptor()).isEqualTo(3);
    assertThat(second.hereDocument()).extracting(HereDocument::body).isEqualTo("two\n");
  }

  @Test
  void reservedWordsCountOnlyWhereACommandBegins() {
    assertThat(simple("echo if then done }").words()).hasSize(5);
    assertThat(simple("'if' x").name()).contains("if");
    assertThat(only("while a; do b; done >x")).isInstanceOf(Command.Loop.class);
    assertThat(only("until a; do b; done"))
        .isInstanceOfSatisfying(Command.Loop.class, it -> assertThat(it.until()).isTrue());
    assertThat(only("f() { a; } 2>&1"))
        .isInstanceOfSatisfying(
            Command.Function.class, it -> assertThat(it.redirections()).hasSize(1));
  }

  @Test
  void aMistakeHasItsPlace() {
    assertThat(ShellReader.read("php x\nif a; then\n  b\n"))
        .isEqualTo(new ShellReader.Refused(new Position(4, 1), "'fi' is missing before the end"));
    assertThat(ShellReader.read("echo 'it"))
        .isEqualTo(new ShellReader.Refused(new Position(1, 6), "this single quote has no end"));
    assertThat(ShellReader.read("a\0b"))
        .isEqualTo(new ShellReader.Refused(new Position(1, 2), "a NUL character"));
  }
}
