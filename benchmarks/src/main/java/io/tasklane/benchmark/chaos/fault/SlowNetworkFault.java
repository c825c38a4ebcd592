package io.tasklane.benchmark.chaos.fault;

import io.tasklane.benchmark.chaos.fault.FaultWindow.Moment;
import java.time.Duration;
import java.util.List;

/** Answers of the database come later than a worker may be silent. */
final class SlowNetworkFault implements Fault {

    @Override
    public String name() {
        return "slow";
    }

    @Override
    public String description() {
        return "what one worker sends and receives takes 6 s each way, longer than a worker may be silent";
    }

    private static final Duration EACH_WAY = Duration.ofSeconds(6);

    @Override
    public List<Injection> inject(Scene scene) {
        Node node = scene.any();
        Moment begin = Moment.now();
        node.gates().delay(EACH_WAY);
        Scene.pause(Scene.LONG_SILENCE.plus(EACH_WAY));
        node.gates().delay(Duration.ZERO);
        return List.of(Injection.noticed(List.of(node), begin));
    }
}
