package io.padrec.serverless;

import java.util.Set;

/** @param types media types of the body that are taken, in lower case */
record StreamedRoute(Set<String> types, StreamedAnswer answer) {
}
