package io.tasklane.worker;

import io.tasklane.TaskId;

/** A program whose only task ends the JVM; its shutdown hook stops the node, as Spring's does, and says what became of it. */
final class SystemExitProgram {

    private SystemExitProgram() {}

    public static void main(String[] arguments) {
        TestStore store = new TestStore();
        TaskId task = store.enqueue("exit", "default");
        TestNode node = new TestNode(store, WorkerSettings.DEFAULT);
        node.handle("exit", call -> {
            System.exit(0);
            return null;
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            node.close();
            System.out.println(
                    "RESULT " + store.state(task) + " " + store.find(task).recoveries());
        }));
        node.start();
        try {
            Thread.currentThread().join();
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
