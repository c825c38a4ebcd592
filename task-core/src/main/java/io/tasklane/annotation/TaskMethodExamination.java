package io.tasklane.annotation;

import io.tasklane.handler.TaskDefinition;
import java.lang.reflect.Method;

/**
 * One task method of one class, looked at from all sides.
 *
 * @param method the method as declared by the class or a class above it
 * @param definition what it says; complete only without problems
 * @param findings what is wrong
 */
record TaskMethodExamination(Method method, TaskDefinition definition, TaskMethodFindings findings) {}
