package io.tasklane.store.schema;

/**
 * What to do about the tables at start.
 *
 * @since 0.1.0
 */
public enum SchemaMode {

    /** Create them, and bring them up to date. */
    MIGRATE,

    /** Refuse to start unless they are up to date. */
    VALIDATE,

    /** Leave them alone. */
    NONE
}
