package io.tasklane.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** What is observed when tasks run. */
public enum TaskExecutionObservationDocumentation implements ObservationDocumentation {

    /** One execution of a task, from just before its interceptors to the end of its body. */
    TASK_EXECUTION {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultTaskExecutionObservationConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return LowCardinality.values();
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return HighCardinality.values();
        }
    };

    /** Tags of meters and spans. */
    public enum LowCardinality implements KeyName {
        /** Name of the task. */
        TASK("task"),
        /** Queue of the task. */
        QUEUE("queue"),
        /** How it ended: succeeded, retried, failed, released or lost; none while it runs. */
        OUTCOME("outcome");

        private final String key;

        LowCardinality(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return this.key;
        }
    }

    /** Tags of spans only. */
    public enum HighCardinality implements KeyName {
        /** Id of the task. */
        ID("tasklane.task.id"),
        /** 1 plus the number of retries used. */
        ATTEMPT("tasklane.task.attempt");

        private final String key;

        HighCardinality(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return this.key;
        }
    }
}
