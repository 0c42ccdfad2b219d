package io.padrec.store;

import io.padrec.core.PadrecException;
import jakarta.inject.Singleton;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says in one line what is wrong with the database, where the user can mend it. */
@Singleton
class Outages {
    private static final String URL = "quarkus.datasource.jdbc.url";

    @ConfigProperty(name = URL)
    String url;

    /** A {@link PadrecException} where the database is the cause, else the exception itself. */
    Exception explain(Exception exception) {
        if (exception instanceof PadrecException) {
            return exception;
        }
        Optional<String> advice = advice(exception);
        if (advice.isEmpty() && exception instanceof RollbackException) {
            // Also where the connection broke after the commit was sent: whether it took place is not known.
            advice = Optional.of("did not confirm the changes: " + oneLine(exception) + "; try again");
        }
        return advice.<Exception>map(said -> new PadrecException("the database " + place() + " " + said, exception))
                .orElse(exception);
    }

    /** What the first telling exception among the causes, and what they suppressed, comes down to. */
    private static Optional<String> advice(Throwable exception) {
        Optional<String> advice = Optional.empty();
        for (Throwable cause = exception; cause != null && advice.isEmpty(); cause = cause.getCause()) {
            advice = cause instanceof SQLException sql ? Optional.ofNullable(advice(sql))
                    : Arrays.stream(cause.getSuppressed()).flatMap(suppressed -> advice(suppressed).stream()).findFirst();
        }
        return advice;
    }

    /** The URL without its parameters, which may hold a password. */
    String place() {
        return "at " + url.replaceFirst("[?;].*", "").replaceFirst("//[^/@]*@", "//");
    }

    private static String advice(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        String said = oneLine(e);
        // The codes are PostgreSQL's, appendix A of its manual.
        return switch (state) {
            case "28000", "28P01" -> "refuses the login: " + said + "; check quarkus.datasource.username and password";
            case "3D000" -> "is not there: " + said + "; create it or set " + URL;
            case "53100" -> "has no space left: " + said + "; free space on its disk and try again";
            case "42501" -> "forbids what padrec needs: " + said + "; make its user the owner of the database";
            case "25006" -> "is read-only: " + said + "; set " + URL + " to the primary server";
            case "53300", "57P01", "57P02", "57P03" -> "does not answer: " + said + "; start it or set " + URL;
            default -> {
                boolean noConnection = state.startsWith("08") || said.contains("Acquisition timeout");
                yield noConnection ? "does not answer: " + said + "; start it or set " + URL : null;
            }
        };
    }

    /** The first sentence of what the driver says. */
    private static String oneLine(Exception e) {
        String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return line.replaceFirst("^[A-Z]+: ", "").replaceFirst("\\.( .*)?$", "");
    }
}
