package io.tasklane.autoconfigure;

import io.tasklane.Task;
import io.tasklane.TaskHandle;

/** Tasks for tests. */
class Shop {

    @Task(queue = "email", priority = 10)
    public TaskHandle<String> welcome(long userId, String template) {
        return TaskHandle.of(template + " " + userId);
    }

    @Task
    public void tidy() {}

    /** Names a queue that is never declared. */
    static class Misspelt {

        @Task(queue = "emial")
        public void send(String to) {}
    }

    /** Fails. */
    static class Unlucky {

        @Task(retries = 0)
        public void run() {
            throw new IllegalStateException("no luck");
        }
    }

    /** Cannot work. */
    static class Impossible {

        @Task
        public String answer() {
            return "";
        }
    }
}
