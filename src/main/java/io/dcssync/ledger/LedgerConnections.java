package io.dcssync.ledger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.camel.component.jdbc.ConnectionStrategy;

/**
 * The connections of Camel's statements, which remember how many parameters a statement has. Camel asks for that each time
 * and the driver, to answer, has the server parse the statement once more. Thread-safe.
 */
public final class LedgerConnections implements ConnectionStrategy {

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    @Override
    public Connection getConnection(DataSource pool) throws SQLException {
        Connection connection = pool.getConnection();
        return answering(
                Connection.class,
                (method, args) -> method.getName().equals("prepareStatement") && args.length == 1
                        ? counting(connection.prepareStatement((String) args[0]), (String) args[0])
                        : call(connection, method, args));
    }

    /** Each statement is a transaction of its own. */
    @Override
    public boolean isConnectionTransactional(Connection connection, DataSource pool) {
        return false;
    }

    private PreparedStatement counting(PreparedStatement statement, String sql) {
        return answering(
                PreparedStatement.class,
                (method, args) -> method.getName().equals("getParameterMetaData")
                        ? counted(statement, sql)
                        : call(statement, method, args));
    }

    /** What is known of parameters: of their number the server is asked once. */
    private ParameterMetaData counted(PreparedStatement statement, String sql) {
        return answering(
                ParameterMetaData.class,
                (method, args) -> method.getName().equals("getParameterCount")
                        ? count(statement, sql)
                        : call(statement.getParameterMetaData(), method, args));
    }

    private int count(PreparedStatement statement, String sql) throws SQLException {
        Integer known = counts.get(sql);
        if (known == null) {
            known = statement.getParameterMetaData().getParameterCount();
            counts.put(sql, known);
        }
        return known;
    }

    private interface Answer {
        Object to(Method method, Object[] args) throws Throwable;
    }

    private static <T> T answering(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                LedgerConnections.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> answer.to(method, args)));
    }

    private static Object call(Object real, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(real, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
