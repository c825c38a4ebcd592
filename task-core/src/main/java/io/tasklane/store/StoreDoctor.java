package io.tasklane.store;

import java.util.List;

/**
 * Finds out what slows a store down, or is about to. An application may have several: each looks at what it knows, and the
 * health of the application tells what all of them have found.
 */
public interface StoreDoctor {

    /**
     * Looks once. Changes nothing, needs no special rights and leaves out what it may not see. May take seconds.
     *
     * @return what was found; empty if all is well
     * @throws RuntimeException if the store does not answer
     */
    List<StoreFinding> examine();
}
