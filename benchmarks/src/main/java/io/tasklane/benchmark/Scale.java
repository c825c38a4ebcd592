package io.tasklane.benchmark;

/**
 * How long a run takes.
 *
 * @param brief whether it is the short run
 * @param rounds how often each measurement is repeated
 */
public record Scale(boolean brief, int rounds) {

    /** Returns the first value in a full run, the second in a short one. */
    public <T> T pick(T full, T shorter) {
        return this.brief ? shorter : full;
    }
}
