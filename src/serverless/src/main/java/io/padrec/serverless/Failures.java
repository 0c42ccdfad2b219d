package io.padrec.serverless;

import io.padrec.core.PadrecException;
import io.quarkus.funqy.runtime.ApplicationException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.transaction.RollbackException;
import java.io.IOException;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/** The one form of every error, and how exceptions become it. */
final class Failures {
    private static final Logger LOG = Logger.getLogger(Failures.class);
    private static final long LINGER_MILLIS = 2000;

    private Failures() {
    }

    static void answer(RoutingContext context) {
        if (context.response().closed() || context.response().headWritten()) {
            return;
        }
        Problem problem = problem(context);
        context.response().setStatusCode(problem.status()).putHeader("Content-Type", Media.PROBLEM);
        if (problem.isTemporary()) {
            context.response().putHeader("Retry-After", "2");
        }
        context.response().end(problem.json());
        dropTheRest(context);
    }

    /** A sender that goes on long after it was refused is cut off: nobody reads what it sends. */
    static void dropTheRest(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!request.isEnded()) {
            request.resume();
            context.vertx().setTimer(LINGER_MILLIS, timer -> {
                if (!request.isEnded()) {
                    request.connection().close();
                }
            });
        }
    }

    private static Problem problem(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure instanceof ApplicationException wrapped && wrapped.getCause() != null) {
            failure = wrapped.getCause();
        }
        String what = context.request().method() + " " + context.request().path();
        int status = context.statusCode();
        if (failure instanceof Problem || failure instanceof PadrecException || failure != null && status < 400 || status >= 500) {
            return problem(failure, what);
        }
        return Problem.of(status, switch (status) {
            case 400 -> context.request().method().equals(HttpMethod.POST) ? "the body is not a JSON object"
                    : "the path or the query cannot be read";
            case 404 -> "there is nothing at " + Fields.quoted(context.request().path());
            case 413 -> "the body is too large";
            default -> "the request cannot be answered";
        });
    }

    /**
     * What an exception is to whoever asked: what the user can mend is 422 with its message, what the store, a disk or a network
     * must mend is 503, and what nobody expected is 500. The latter two tell the log more than the sender.
     *
     * @param failure null for one of which nothing is known
     * @param what    what was being done, for the log
     */
    static Problem problem(Throwable failure, String what) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (failure instanceof PadrecException) {
            if (!isOutage(failure)) {
                return Problem.impossible(failure.getMessage());
            }
            LOG.warnf("%s: %s", what, failure.getMessage());
            return Problem.unavailable("what is needed for it does not answer at the moment; try again");
        }
        LOG.errorf(failure, "%s failed", what);
        return Problem.of(500, "something went wrong here; the log says what");
    }

    /** Whether the same may succeed later without anyone changing what was asked. */
    static boolean isOutage(Throwable failure) {
        return isDatabase(failure) || isCausedBy(failure, IOException.class);
    }

    static boolean isDatabase(Throwable failure) {
        return isCausedBy(failure, SQLException.class) || isCausedBy(failure, RollbackException.class);
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Exception> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
