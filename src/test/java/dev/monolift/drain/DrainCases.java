package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainProgramStatus;
import dev.monolift.api.v1alpha1.DrainSpec;
import dev.monolift.api.v1alpha1.InPlaceRestart;
import dev.monolift.api.v1alpha1.MonolithWorkerSpec;
import dev.monolift.drain.DrainRequest.Settings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests to the engine, from YAML. */
final class DrainCases {
  static final KubernetesSerialization YAML = new KubernetesSerialization();
  static final DrainProgram OLD = new DrainProgram("echo old");
  static final DrainProgram NEW = new DrainProgram("echo new");
  static final String COMMAND =
      "{containers: [{name: php, image: shop, command: [php, worker.php], args: ['$(QUEUE)']}]}";
  static final String IMAGES_OWN = "{containers: [{name: php, image: shop}]}";

  private DrainCases() {}

  static DrainResult plan(String pod, String drain) {
    return plan(template(pod), drain);
  }

  static DrainResult plan(PodTemplateSpec template, String drain) {
    return new DrainEngine(NEW).plan(request(template, drain, null));
  }

  static DrainResult planSpec(PodTemplateSpec template, String specYaml) {
    var spec = YAML.unmarshal("---\n" + specYaml, MonolithWorkerSpec.class);
    var restart =
        spec.onExit() == null
            ? null
            : spec.inPlaceRestart() == null
                ? new InPlaceRestart(null, null)
                : spec.inPlaceRestart();
    return new DrainEngine(NEW)
        .plan(
            new DrainRequest(
                "mail",
                template,
                "php",
                new Settings(spec.drain(), restart, spec.logs()),
                null,
                Set.of()));
  }

  static DrainRequest request(
      PodTemplateSpec template, String drain, @Nullable DrainProgramStatus before) {
    return new DrainRequest(
        "mail", template, "php", settings(drain), before, Set.of("mail-drain-" + OLD.revision()));
  }

  static Settings settings(String drain) {
    return new Settings(YAML.unmarshal("---\n{" + drain + "}", DrainSpec.class), null, null);
  }

  static PodTemplateSpec template(String pod) {
    return YAML.unmarshal(
        pod.startsWith("{") ? "spec: " + pod : "spec:\n" + pod.indent(2), PodTemplateSpec.class);
  }

  static Container program(DrainResult result) {
    return result.template().getSpec().getContainers().getFirst();
  }
}
