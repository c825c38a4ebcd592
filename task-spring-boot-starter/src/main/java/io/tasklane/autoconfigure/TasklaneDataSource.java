package io.tasklane.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Marks the {@code DataSource} that tasks are kept in, where an application has several. Choose the one with the business
 * data: a task commits together with the rows of this data source only.
 *
 * <pre>{@code
 * @Bean
 * @TasklaneDataSource
 * DataSource orders() { ... }
 * }</pre>
 *
 * @since 0.1.0
 */
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Qualifier
public @interface TasklaneDataSource {}
