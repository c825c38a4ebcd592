package io.tasklane.annotation;

/**
 * A task method of one bean.
 *
 * @param name name of the bean
 * @param type its class, without proxies
 * @param examination what the method says
 */
record TaskBean(String name, Class<?> type, TaskMethodExamination examination) {

    TaskMethodProblem problem(String problem, String action) {
        return this.examination.findings().at(this.name, problem, action);
    }

    /** Bean and method, for messages. */
    String where() {
        return "bean '%s' (%s)".formatted(this.name, this.examination.findings().source());
    }
}
