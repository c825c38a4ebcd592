package io.tasklane.store.jdbc;

import io.tasklane.store.StoreFinding;
import java.sql.SQLException;
import java.util.List;

/** One thing that the doctor looks at. */
interface StoreCheck {

    /** Looks, within the transaction of the session. */
    List<StoreFinding> look(SqlSession session) throws SQLException;
}
