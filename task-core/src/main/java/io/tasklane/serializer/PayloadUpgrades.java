package io.tasklane.serializer;

import io.tasklane.PayloadUpgrader;
import io.tasklane.handler.TaskDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The steps by which arguments of older code become those of the code that is here. Immutable. */
public final class PayloadUpgrades {

    /** No steps. */
    public static final PayloadUpgrades NONE = new PayloadUpgrades(List.of());

    private final List<PayloadUpgrader> steps;

    /**
     * Collects the steps.
     *
     * @param steps the steps of all tasks
     */
    public PayloadUpgrades(Collection<? extends PayloadUpgrader> steps) {
        this.steps = List.copyOf(steps);
    }

    /**
     * Returns the steps from a version to that of the definition, in their order.
     *
     * @param definition the task as it is here
     * @param version an older version
     * @return the steps, as far as there are any: fewer than versions if one is missing, and then none from it on
     */
    List<PayloadUpgrader> from(TaskDefinition definition, int version) {
        List<PayloadUpgrader> chain = new ArrayList<>();
        for (int next = version; next < definition.version(); next++) {
            List<PayloadUpgrader> found = reading(definition, next).toList();
            if (found.isEmpty()) {
                return chain;
            }
            chain.add(found.get(0));
        }
        return chain;
    }

    /**
     * Tells what cannot be meant in the steps of a task.
     *
     * @param definition the task as it is here
     * @param problems told each of them, without a full stop
     */
    public void check(TaskDefinition definition, Consumer<String> problems) {
        boolean begun = false;
        for (int version = 1; version < definition.version(); version++) {
            List<PayloadUpgrader> found = reading(definition, version).toList();
            if (found.size() > 1) {
                problems.accept("several PayloadUpgraders read version %d: %s".formatted(version, found));
            } else if (found.isEmpty() && begun) {
                problems.accept("no PayloadUpgrader reads version %d, so that the steps before it lead nowhere"
                        .formatted(version));
            }
            begun |= !found.isEmpty();
        }
        of(definition)
                .filter(step -> step.fromVersion() < 1 || step.fromVersion() >= definition.version())
                .forEach(step -> problems.accept(
                        "%s reads version %d, but the version of the task is %d, and older ones are 1 and more"
                                .formatted(step, step.fromVersion(), definition.version())));
    }

    /**
     * Returns the steps whose task is none of these.
     *
     * @param definitions the tasks that are here
     */
    public List<PayloadUpgrader> without(Collection<TaskDefinition> definitions) {
        return this.steps.stream()
                .filter(step -> definitions.stream().noneMatch(definition -> isOf(step, definition)))
                .toList();
    }

    private Stream<PayloadUpgrader> reading(TaskDefinition definition, int version) {
        return of(definition).filter(step -> step.fromVersion() == version);
    }

    private Stream<PayloadUpgrader> of(TaskDefinition definition) {
        return this.steps.stream().filter(step -> isOf(step, definition));
    }

    private static boolean isOf(PayloadUpgrader step, TaskDefinition definition) {
        return step.task().equals(definition.name()) || definition.aliases().contains(step.task());
    }
}
