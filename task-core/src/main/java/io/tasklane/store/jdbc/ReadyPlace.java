package io.tasklane.store.jdbc;

/**
 * A place in the table ready.
 *
 * @param queueId queue
 * @param band negated priority
 * @param seq place among those of the band
 */
record ReadyPlace(int queueId, int band, long seq) {}
