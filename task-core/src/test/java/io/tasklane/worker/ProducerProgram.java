package io.tasklane.worker;

import io.tasklane.TaskId;
import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A program that only produces: one task, once it is told to by a line of input. */
final class ProducerProgram {

    private ProducerProgram() {}

    public static void main(String[] arguments) throws Exception {
        DriverManagerDataSource database =
                new DriverManagerDataSource(arguments[0], arguments[1], arguments.length > 2 ? arguments[2] : "");
        try (JdbcTaskStore store = new JdbcTaskStore(database, JdbcStoreSettings.DEFAULT.withUnpooled(database));
                TaskNotifier notifier = new TaskNotifier(store)) {
            store.queues();
            System.out.println("READY");
            System.in.read();
            TaskId task = new TestStore(store).enqueue("task", "default", notifier);
            System.out.println("COMMITTED " + task);
        }
    }
}
