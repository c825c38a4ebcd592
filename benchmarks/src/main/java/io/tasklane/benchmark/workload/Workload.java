package io.tasklane.benchmark.workload;

import java.util.List;

/** One kind of load, in several scenarios. */
public interface Workload {

    /** Returns the name on the command line and in tables. */
    String name();

    /** Returns what is measured, in a sentence or two. */
    String description();

    /** Returns what is measured, in the order of the tables. */
    List<Scenario> scenarios(Lab lab);
}
