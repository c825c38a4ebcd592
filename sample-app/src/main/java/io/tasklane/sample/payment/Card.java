package io.tasklane.sample.payment;

/** Cards that show how a payment may end. */
public enum Card {

    /** Is charged at the first try. */
    GOOD,

    /** The bank answers at the third try. */
    SLOW_BANK,

    /** The bank never answers: all retries are used up. */
    DEAD_BANK,

    /** The bank says no: trying again would not help. */
    DECLINED
}
