#!/usr/bin/env bash
# Measures Tasklane beside its peers. See README.md beside this file.
#
#   benchmarks/run.sh [--short] [--rounds=n] [peer...] [workload...]
#
# Exit status 1 when a check fails; the last line is "N passed, N failed".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

./mvnw -B -q -Pbenchmarks -pl benchmarks -am package -DskipTests

exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xms2g -Xmx2g -XX:+UseParallelGC ${BENCHMARK_JAVA_OPTIONS:-} \
    -Dbenchmark.target=benchmarks/target \
    -cp "benchmarks/target/classes:benchmarks/target/lib/*" io.tasklane.benchmark.Benchmark "$@"
