package io.tasklane.benchmark.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The machine on which it runs. */
final class Machine {

    private static final long GIGABYTE = 1L << 30;

    private Machine() {}

    static Map<String, String> describe() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put(
                "machine",
                "%d processors (%s), %d GB of memory, %s %s"
                        .formatted(
                                system.getAvailableProcessors(),
                                processor(),
                                Math.round((double) system.getTotalMemorySize() / GIGABYTE),
                                system.getName(),
                                system.getVersion()));
        machine.put("load average of the last minute", "%.1f".formatted(system.getSystemLoadAverage()));
        machine.put(
                "JVM",
                "%s %s, heap %d MB"
                        .formatted(
                                System.getProperty("java.vm.name"),
                                System.getProperty("java.runtime.version"),
                                Runtime.getRuntime().maxMemory() >> 20));
        return machine;
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException ex) {
            return System.getProperty("os.arch");
        }
    }
}
