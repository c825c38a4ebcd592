package io.tasklane.benchmark.report;

/**
 * A row of a table: one metric of one scenario.
 *
 * @param workload name of the workload
 * @param scenario name of the scenario in it
 * @param metric what is measured
 */
public record Row(String workload, String scenario, Metric metric) {}
