package io.tasklane.store;

import java.time.Duration;
import java.util.List;

/**
 * Notices between the nodes that share a store, so that tasks start sooner on a node that did not enqueue them. A notice may be
 * lost or come twice: polling finds every task. Not every store can do this.
 */
public interface TaskNotifications {

    /**
     * Whether notices can be sent and heard here. May ask the database; the answer stays the same.
     *
     * @throws org.springframework.dao.DataAccessException if it has to ask and gets no answer
     */
    boolean supportsNotices();

    /**
     * Tells all nodes that listen, the own one included. Belongs to no transaction of the caller.
     *
     * @param notice what to tell
     * @throws org.springframework.dao.DataAccessException if it was not sent
     */
    void send(TaskNotice notice);

    /**
     * Begins to listen, on a connection of its own. Whatever is sent after this has returned is heard.
     *
     * @return hears what is sent; to be closed
     * @throws org.springframework.dao.DataAccessException if there is no connection, or none that can listen
     */
    Listening listen();

    /** Hears what nodes tell. */
    interface Listening extends AutoCloseable {

        /**
         * Waits for notices.
         *
         * @param timeout how long to wait for the first one
         * @return what was heard, empty after the timeout
         * @throws org.springframework.dao.DataAccessException if nothing will be heard any more: close it and listen anew
         */
        List<TaskNotice> await(Duration timeout);

        /** Ends listening. From another thread it also ends a wait. */
        @Override
        void close();
    }
}
