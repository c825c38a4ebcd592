package io.tasklane.sample;

import io.tasklane.Task;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A task that sends one mail: {@code @Task} with the shop's choice of queue and retries, in one word of its own. */
@Task(queue = "email", retries = 5)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Emailing {}
