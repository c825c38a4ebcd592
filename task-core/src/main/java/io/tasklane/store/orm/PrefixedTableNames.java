package io.tasklane.store.orm;

import org.hibernate.boot.model.naming.Identifier;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.hibernate.engine.jdbc.env.spi.JdbcEnvironment;

/** Puts the prefix of our tables before their names; columns are in snake case. */
final class PrefixedTableNames extends PhysicalNamingStrategySnakeCaseImpl {

    private final String prefix;

    PrefixedTableNames(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public Identifier toPhysicalTableName(Identifier name, JdbcEnvironment environment) {
        return Identifier.toIdentifier(this.prefix + name.getText());
    }
}
