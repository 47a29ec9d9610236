package dev.monolift.node;

import java.util.List;
import java.util.Map;

/**
 * What a run has left behind, when every pod has ended.
 *
 * @param ledger what the workers wrote into the database
 * @param pods every pod that there was
 * @param verdicts what the status of the workers has said, each pod once
 * @param counted number of ended pods by the totals in the status of each worker
 * @param deeds what was done, in order
 * @param absences when no operator led
 */
record Evidence(
    List<LedgerLine> ledger,
    List<PodLife> pods,
    List<Verdict> verdicts,
    Map<String, Long> counted,
    List<Deed> deeds,
    List<Absence> absences) {
  Evidence {
    ledger = List.copyOf(ledger);
    pods = List.copyOf(pods);
    verdicts = List.copyOf(verdicts);
    counted = Map.copyOf(counted);
    deeds = List.copyOf(deeds);
    absences = List.copyOf(absences);
  }
}
