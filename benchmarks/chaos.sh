#!/usr/bin/env bash
# Breaks processes, connections and servers under load, and checks the guarantees. See README.md beside this file.
#
#   benchmarks/chaos.sh [--minutes N] [--short] [--database=mariadb] [fault...]
#
# Exit status 1 when a guarantee breaks, 2 when it cannot run to its end; the last line is "N passed, N failed".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

./mvnw -B -q -Pbenchmarks -pl benchmarks -am package -DskipTests

exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx1g -XX:+UseParallelGC \
    -Dbenchmark.target=benchmarks/target -Dbenchmark.connection-log=OFF \
    -cp "benchmarks/target/classes:benchmarks/target/lib/*" io.tasklane.benchmark.chaos.Chaos "$@"
