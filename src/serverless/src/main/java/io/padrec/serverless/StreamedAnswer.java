package io.padrec.serverless;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Answers a request while its body arrives. */
@FunctionalInterface
public interface StreamedAnswer {
    /**
     * Reads the body, which comes no faster than it is read, and answers. It runs on a virtual thread of its own and may wait.
     *
     * @param body ends where the request does; a cut connection or a sender that falls silent is an {@link IOException}, and a
     *             body that is too long a {@link Problem} with status 413: let both pass, so that a transaction is rolled back
     * @return JSON values, sent with status 200
     * @throws Problem what it throws is answered as it would be from a Funqy function
     */
    Map<String, Object> answer(StreamedRequest request, InputStream body) throws IOException;
}
