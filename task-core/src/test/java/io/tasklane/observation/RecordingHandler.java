package io.tasklane.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Remembers what ended, and fails where a test wants it to. */
class RecordingHandler implements ObservationHandler<Observation.Context> {

    private final List<Observation.Context> stopped = new ArrayList<>();

    private String failAt = "";

    RecordingHandler failAt(String step) {
        this.failAt = step;
        return this;
    }

    Observation.Context only() {
        if (this.stopped.size() != 1) {
            throw new AssertionError("Not one observation, but " + this.stopped);
        }
        return this.stopped.get(0);
    }

    Map<String, String> tags() {
        Map<String, String> tags = new TreeMap<>();
        for (KeyValue tag : only().getLowCardinalityKeyValues()) {
            tags.put(tag.getKey(), tag.getValue());
        }
        return tags;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return true;
    }

    @Override
    public void onStart(Observation.Context context) {
        failIf("start");
    }

    @Override
    public void onError(Observation.Context context) {
        failIf("error");
    }

    @Override
    public void onScopeOpened(Observation.Context context) {
        failIf("scope opened");
    }

    @Override
    public void onScopeClosed(Observation.Context context) {
        failIf("scope closed");
    }

    @Override
    public void onStop(Observation.Context context) {
        this.stopped.add(context);
        failIf("stop");
    }

    private void failIf(String step) {
        if (this.failAt.equals(step)) {
            throw new IllegalStateException("handler fails at " + step);
        }
    }
}
