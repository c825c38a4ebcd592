package io.tasklane.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param scale how long the run takes
 * @param names names of peers and workloads, in any order; none for all
 */
record Options(Scale scale, List<String> names) {

    private static final int FULL_ROUNDS = 3;

    static Options parse(String[] arguments) {
        boolean brief = false;
        int rounds = 0;
        List<String> names = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.equals("--short")) {
                brief = true;
            } else if (argument.startsWith("--rounds=")) {
                rounds = Integer.parseInt(argument.substring("--rounds=".length()));
            } else if (argument.startsWith("-")) {
                throw new IllegalArgumentException("Unknown option " + argument);
            } else {
                names.add(argument);
            }
        }
        return new Options(new Scale(brief, rounds > 0 ? rounds : brief ? 1 : FULL_ROUNDS), List.copyOf(names));
    }
}
