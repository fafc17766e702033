package dev.sluice.web;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.Map;

/** Numbers for Prometheus, gathered by their names. */
final class Samples {
  private final Map<String, CounterSnapshot.Builder> counters = new LinkedHashMap<>();
  private final Map<String, InfoSnapshot.Builder> infos = new LinkedHashMap<>();
  private final Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();

  /**
   * One value that only rises.
   *
   * @param name without {@code _total}
   * @param labels names and values in turn
   */
  void counter(String name, String help, double value, String... labels) {
    counters
        .computeIfAbsent(name, n -> CounterSnapshot.builder().name(n).help(help))
        .dataPoint(
            CounterDataPointSnapshot.builder().labels(Labels.of(labels)).value(value).build());
  }

  /** One value that rises and falls. */
  void gauge(String name, String help, double value, String... labels) {
    gauges
        .computeIfAbsent(name, n -> GaugeSnapshot.builder().name(n).help(help))
        .dataPoint(GaugeDataPointSnapshot.builder().labels(Labels.of(labels)).value(value).build());
  }

  /**
   * One thing that is described by its labels alone; its value is 1.
   *
   * @param name without {@code _info}
   */
  void info(String name, String help, String... labels) {
    infos
        .computeIfAbsent(name, n -> InfoSnapshot.builder().name(n).help(help))
        .dataPoint(InfoDataPointSnapshot.builder().labels(Labels.of(labels)).build());
  }

  MetricSnapshots all() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    infos.values().forEach(each -> all.metricSnapshot(each.build()));
    counters.values().forEach(each -> all.metricSnapshot(each.build()));
    gauges.values().forEach(each -> all.metricSnapshot(each.build()));
    return all.build();
  }
}
