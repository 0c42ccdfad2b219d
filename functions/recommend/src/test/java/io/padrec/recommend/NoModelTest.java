package io.padrec.recommend;

import static io.padrec.recommend.Http.recommend;
import static io.padrec.serverless.testing.Http.assertProblem;
import static io.padrec.serverless.testing.Http.get;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** There is neither a model nor a database that could have one. */
@QuarkusTest
class NoModelTest {
    @Test
    void whileThereIsNoModelEveryQuestionIsAnsweredLater() {
        assertProblem(recommend(List.of("item-1"), 10), 503, "no model is served yet: the database").header("Retry-After", "2");
        assertProblem(get("/similar?item=item-1"), 503, "no model is served yet: the database");
        assertProblem(get("/recommend?user=ada"), 503, "no model is served yet: the database");
    }

    @Test
    void healthSaysThatItWaits() {
        get("/health").statusCode(503).body("state", equalTo("waiting"))
                .body("database", equalTo("down")).body("$", not(hasKey("model")));
    }

    @Test
    void wrongRequestsAreStillToldWhatIsWrong() {
        assertProblem(get("/recommend?user=ada&k=0"), 400, "k", "whole number");
    }
}
