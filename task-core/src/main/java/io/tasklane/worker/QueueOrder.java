package io.tasklane.worker;

/** In which order a container with several queues asks them. */
public enum QueueOrder {

    /** In the listed order at every claim: a queue only gets the slots that the earlier ones left. */
    STRICT,

    /** In turns: each claim starts with the next queue. */
    ROUND_ROBIN,

    /** By their weights: while several have tasks, each gets its share of the starts. */
    WEIGHTED
}
