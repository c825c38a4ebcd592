package io.tasklane.benchmark.peer;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A task claimed by bare SQL. */
record BareTask(long id, int number, long started, long finished) {

    static String payload(int number) {
        return "{\"task\":" + number + "}";
    }

    static BareTask claimed(long id, String payload) {
        return new BareTask(id, Integer.parseInt(payload, 8, payload.length() - 1, 10), 0, 0);
    }

    BareTask run(TaskBody body) {
        long start = micros();
        body.run(this.number);
        return new BareTask(this.id, this.number, start, micros());
    }

    private static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
