package dev.monolift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildNamesTest {

  @Test
  void aShortNameIsOwnerAndSuffix() {
    assertThat(ChildNames.child("mailer", "ini", 63)).isEqualTo("mailer-ini");
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 58, 59, 60, 63, 253})
  void noNameIsLongerThanTheLimitAndTheSameOwnerHasTheSameName(int length) {
    String owner = "o".repeat(length);

    assertThat(ChildNames.child(owner, "ini", 63))
        .hasSizeLessThanOrEqualTo(63)
        .endsWith("-ini")
        .isEqualTo(ChildNames.child(owner, "ini", 63));
  }

  @Test
  void ownersThatBeginAlikeHaveDifferentChildren() {
    String owner = "o".repeat(100);

    assertThat(ChildNames.child(owner + "a", "ini", 63))
        .isNotEqualTo(ChildNames.child(owner + "b", "ini", 63));
  }
}
