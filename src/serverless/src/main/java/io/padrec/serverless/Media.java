package io.padrec.serverless;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Media types: what a request sends, and what its sender accepts in return. */
final class Media {
    static final String JSON = "application/json";
    static final String PROBLEM = "application/problem+json";
    static final String STRUCTURED_EVENT = "application/cloudevents+json";
    private static final Pattern NOTHING = Pattern.compile(";\\s*[qQ]\\s*=\\s*0(\\.0*)?\\s*(;|$)");

    private Media() {
    }

    /** The type of the body without its parameters, in lower case; empty where none is said. */
    static String sent(RoutingContext context) {
        return withoutParameters(context.request().getHeader("Content-Type"));
    }

    static String withoutParameters(String type) {
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    static boolean isEvent(RoutingContext context) {
        return sent(context).startsWith("application/cloudevents");
    }

    /** @throws Problem 415 where the body is of none of the types */
    static void checkSent(RoutingContext context, Set<String> types) {
        if (!types.contains(sent(context))) {
            throw Problem.of(415, "the body must be sent with Content-Type: "
                    + String.join(" or ", types.stream().sorted().toList()));
        }
    }

    /** @throws Problem 406 where the sender accepts none of the types; no types are always accepted */
    static void checkAccepted(RoutingContext context, List<String> types) {
        List<String> accepted = context.request().headers().getAll("Accept");
        if (!accepted.isEmpty() && !types.isEmpty() && types.stream().noneMatch(type -> isAccepted(type, accepted))) {
            throw Problem.of(406, "what is answered here is " + types.getFirst() + ", which the header Accept leaves out");
        }
    }

    /** Of the ranges that cover a type, the narrowest decides; weight 0 excludes. */
    private static boolean isAccepted(String type, List<String> accepted) {
        List<String> ranges = List.of("*/*", type.replaceFirst("/.*", "/*"), type);
        int narrowest = -1;
        boolean answer = false;
        for (String range : String.join(",", accepted).split(",")) {
            int narrowness = ranges.indexOf(withoutParameters(range));
            if (narrowness > narrowest) {
                narrowest = narrowness;
                answer = !NOTHING.matcher(range).find();
            }
        }
        return answer;
    }
}
