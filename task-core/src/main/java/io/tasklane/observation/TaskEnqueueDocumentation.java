package io.tasklane.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** Documented observation of producers. */
public enum TaskEnqueueDocumentation implements ObservationDocumentation {

    /** One task is enqueued: its arguments are written, and the row is inserted or collected for a bulk insert. */
    ENQUEUE {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultTaskEnqueueConvention.class;
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

    /** Tags with few values. */
    public enum LowCardinality implements KeyName {

        /** Name of the task. */
        TASK {
            @Override
            public String asString() {
                return "task";
            }
        },

        /** Name of the queue. */
        QUEUE {
            @Override
            public String asString() {
                return "queue";
            }
        }
    }

    /** Tags with many values. */
    public enum HighCardinality implements KeyName {

        /** Id of the task. */
        ID {
            @Override
            public String asString() {
                return "tasklane.task.id";
            }
        }
    }
}
