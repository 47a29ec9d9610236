package dev.monolift.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.DnsSpec.Libc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an image's name tells of its C library. */
class ImageLibcTest {

  @ParameterizedTest
  @CsvSource({
    "php:8.3-cli-alpine, musl",
    "php:8.3-fpm-alpine3.20, musl",
    "alpine, musl",
    "alpine:3.20, musl",
    "registry.example:5000/shop/worker:2.1-alpine, musl",
    "shop/php-alpine:2.1, musl",
    "busybox:1.37-musl, musl",
    "php, glibc",
    "php:8.3-cli, glibc",
    "php:8.3-fpm-bookworm, glibc",
    "docker.io/library/php:8.3-cli, glibc",
    "mirror.example/library/php:8.3, glibc",
    "php:8.3-cli@sha256:0123, glibc",
    "debian:12, glibc",
    "debian:bookworm-slim, glibc",
    "shop/mailer:1.2-slim, glibc",
    "ubuntu:24.04, glibc",
    "shop/mailer:1.2-ubuntu22.04, glibc",
    "shop/mailer:noble-2, glibc",
    "shop/mailer:jammy, glibc",
    "rockylinux:9, glibc",
    "almalinux:9-minimal, glibc",
    "centos:7, glibc",
    "amazonlinux:2023, glibc",
    "registry.access.redhat.com/ubi9/php-82:1, glibc",
    "shop/mailer:1-ubi9, glibc",
    "gcr.io/distroless/base-debian12:latest, glibc",
  })
  void isRecognised(String image, Libc libc) {
    assertThat(ImageLibc.of(image)).contains(libc);
  }

  @ParameterizedTest
  @CsvSource({
    "registry.example/shop/mailer:1.4",
    "registry.example/php:8.3",
    "shop/php:8.3",
    "shop/mailer",
    "registry.example:5000/mailer",
    "shop/mailer@sha256:0123456789abcdef",
    "alpine.example/shop/mailer:1",
    "shop/debian-alpine:1",
    "composer:2",
  })
  void isNotKnown(String image) {
    assertThat(ImageLibc.of(image)).isEmpty();
  }

  @Test
  void isNotKnownWithoutAnImage() {
    assertThat(ImageLibc.of(null)).isEmpty();
  }
}
