package io.tasklane.queue;

import io.tasklane.TaskCriteria;
import io.tasklane.audit.OperatorAudit;
import io.tasklane.store.AuditStore.Entry;
import io.tasklane.store.TaskSetChange;
import io.tasklane.store.TaskSetChange.Action;
import io.tasklane.store.TaskSetChange.Cancel;
import io.tasklane.store.TaskSetChange.Delete;
import io.tasklane.store.TaskSetChange.Reprioritise;
import io.tasklane.store.TaskSetChange.Requeue;
import io.tasklane.store.TaskSetChange.Reroute;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in words what is written of changes of many tasks. */
final class TaskSetAudit {

    private final OperatorAudit audit;

    TaskSetAudit(OperatorAudit audit) {
        this.audit = audit;
    }

    /** What is written of a change, before the first task is counted. */
    Entry entry(TaskSetChange change) {
        return this.audit.entry(action(change), change.queue(), detail(change), 0);
    }

    private static String action(TaskSetChange change) {
        Action action = change.action();
        if (action instanceof Delete) {
            return change.states().get(0).isFinished() ? "tasks.clean" : "tasks.drain";
        }
        if (action instanceof Cancel) {
            return "tasks.cancel";
        }
        if (action instanceof Requeue) {
            return "tasks.requeue-failed";
        }
        if (action instanceof Reroute) {
            return "tasks.reroute";
        }
        return action instanceof Reprioritise ? "tasks.reprioritise" : "tasks.promote-due";
    }

    private static String detail(TaskSetChange change) {
        TaskCriteria which = change.which();
        List<String> words = new ArrayList<>();
        words.add(change.states().toString());
        add(words, "task ", which.task());
        add(words, "from ", which.from());
        add(words, "before ", which.before());
        add(words, "older than ", change.age());
        if (change.action() instanceof Requeue requeue) {
            words.add("at most " + requeue.maxRequeues() + " times");
        } else if (change.action() instanceof Reroute reroute) {
            words.add("to queue " + reroute.queue());
        } else if (change.action() instanceof Reprioritise reprioritise) {
            words.add("to priority " + reprioritise.priority());
        }
        return String.join(", ", words);
    }

    private static void add(List<String> words, String what, @Nullable Object value) {
        if (value != null) {
            words.add(what + value);
        }
    }
}
