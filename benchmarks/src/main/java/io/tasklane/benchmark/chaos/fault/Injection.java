package io.tasklane.benchmark.chaos.fault;

import io.tasklane.benchmark.chaos.fault.FaultWindow.Moment;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A fault that is over.
 *
 * @param nodes numbers of the nodes that it met
 * @param begin when it began
 * @param end when it was over
 * @param silences whether the nodes were silent from the beginning for so long that others had to take over
 */
record Injection(Set<Integer> nodes, Moment begin, Moment end, boolean silences) {

    /** One that is over now, whoever was declared dead meanwhile. */
    static Injection noticed(Collection<Node> nodes, Moment begin) {
        return new Injection(numbers(nodes), begin, Moment.now(), false);
    }

    /** One that is over now, and whose node was declared dead, or is going to be. */
    static Injection silencing(Node node, Moment begin) {
        return new Injection(numbers(List.of(node)), begin, Moment.now(), true);
    }

    private static Set<Integer> numbers(Collection<Node> nodes) {
        return nodes.stream().map(Node::number).collect(Collectors.toSet());
    }

    FaultWindow resumedAfter(String fault, Duration time) {
        return new FaultWindow(fault, this.nodes, this.begin, this.end, this.silences, time);
    }
}
