package io.tasklane.benchmark.database;

/** Products that can be measured. */
public enum Product {

    /** The database on which the peers are compared. */
    POSTGRESQL("PostgreSQL"),

    /** MariaDB, with its durable defaults. */
    MARIADB("MariaDB"),

    /** H2 in a file. */
    H2("H2");

    private final String label;

    Product(String label) {
        this.label = label;
    }

    /** Returns the name as people write it. */
    public String label() {
        return this.label;
    }
}
