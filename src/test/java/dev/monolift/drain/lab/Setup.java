package dev.monolift.drain.lab;

import dev.monolift.api.v1alpha1.DrainSpec.Program;
import java.util.ArrayList;
import java.util.List;

/**
 * A container to start. In all texts {@code @LAB} stands for its folder and {@code @WORKER} for the
 * test worker with PHP in front.
 *
 * @param shell what is /bin/sh
 * @param role role of the drain program, or None
 * @param command the user's command
 * @param grace terminationGracePeriodSeconds
 * @param stopSignal the image's STOPSIGNAL
 * @param flags more flags of the drain program
 * @param preStop the user's own preStop command, for a Hook
 * @param place how the container is placed
 */
record Setup(
    Shell shell,
    Program role,
    List<String> command,
    int grace,
    String stopSignal,
    List<String> flags,
    List<String> preStop,
    Place place) {

  /** Where a container runs. */
  enum Place {
    /** As root, with a file system of its own. */
    PLAIN,
    /** As nobody, and nothing can be written but the container's folder. */
    RESTRICTED,
    /** In a PID namespace that all containers of the pod share. */
    SHARED
  }

  Setup {
    command = List.copyOf(command);
    flags = List.copyOf(flags);
    preStop = List.copyOf(preStop);
  }

  static Setup of(Shell shell, Program role, String... command) {
    return new Setup(shell, role, List.of(command), 6, "TERM", List.of(), List.of(), Place.PLAIN);
  }

  Setup withRole(Program other) {
    return new Setup(shell, other, command, grace, stopSignal, flags, preStop, place);
  }

  Setup withWords(String... more) {
    var all = new ArrayList<>(command);
    all.addAll(List.of(more));
    return new Setup(shell, role, all, grace, stopSignal, flags, preStop, place);
  }

  Setup withGrace(int seconds) {
    return new Setup(shell, role, command, seconds, stopSignal, flags, preStop, place);
  }

  Setup withStopSignal(String signal) {
    return new Setup(shell, role, command, grace, signal, flags, preStop, place);
  }

  Setup withFlags(String... more) {
    var all = new ArrayList<>(flags);
    all.addAll(List.of(more));
    return new Setup(shell, role, command, grace, stopSignal, all, preStop, place);
  }

  Setup withPreStop(String... hook) {
    return new Setup(shell, role, command, grace, stopSignal, flags, List.of(hook), place);
  }

  Setup in(Place where) {
    return new Setup(shell, role, command, grace, stopSignal, flags, preStop, where);
  }
}
