package io.padrec.ingest;

import io.padrec.serverless.Problem;
import java.io.IOException;

/** The rows of a body, cut apart while it arrives. */
interface RawRows {
    /**
     * @return null at the end
     * @throws Problem     400 where the body is not even cut into rows as it should be, so that no row of it can be trusted
     * @throws IOException where the body breaks off
     */
    RawRow next() throws IOException;
}
