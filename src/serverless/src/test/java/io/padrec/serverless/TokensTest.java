package io.padrec.serverless;

import static io.padrec.serverless.testing.Http.assertProblem;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.padrec.core.PadrecException;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@WithTestResource(TokensTest.Issuer.class)
class TokensTest {
    private static final String ISSUER = "https://issuer.example";

    /** An issuer of tokens, whose public keys are at an address. */
    public static final class Issuer implements QuarkusTestResourceLifecycleManager {
        private HttpServer server;
        private RsaJsonWebKey key;

        @Override
        public Map<String, String> start() {
            try {
                key = key("first");
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                server.createContext("/keys", exchange -> {
                    byte[] keys = keys(key).getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, keys.length);
                    exchange.getResponseBody().write(keys);
                    exchange.close();
                });
                server.start();
            } catch (IOException | JoseException e) {
                throw new IllegalStateException(e);
            }
            return Map.of("padrec.auth.enabled", "true", "padrec.auth.oidc.issuer", ISSUER, "padrec.auth.oidc.audience", "padrec",
                    "padrec.auth.oidc.jwks", "http://localhost:" + server.getAddress().getPort() + "/keys",
                    "padrec.auth.oidc.roles", "system:serviceaccount:knative:broker=recommend, trainer=train");
        }

        @Override
        public void inject(TestInjector injector) {
            injector.injectIntoFields(this, new TestInjector.MatchesType(Issuer.class));
        }

        @Override
        public void stop() {
            server.stop(0);
        }
    }

    private static RsaJsonWebKey key(String id) throws JoseException {
        RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId(id);
        return key;
    }

    private static String keys(RsaJsonWebKey... keys) {
        return new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    private static JwtClaims claims(String subject) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience("padrec");
        claims.setSubject(subject);
        claims.setExpirationTimeMinutesInTheFuture(5);
        return claims;
    }

    private static String token(JwtClaims claims, RsaJsonWebKey key) throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        return signature.getCompactSerialization();
    }

    Issuer issuer;

    private static int status(String token) {
        return given().header("Authorization", "Bearer " + token).get("/echo?say=a").statusCode();
    }

    @Test
    void aTokenOpensWhatItsSubjectMayDo() throws Exception {
        assertEquals(200, status(token(claims("system:serviceaccount:knative:broker"), issuer.key)));
        assertProblem(given().header("Authorization", "Bearer " + token(claims("trainer"), issuer.key)).get("/echo?say=a").then(),
                403, "this needs the role recommend; the key that was sent has train");
        given().header("Authorization", "Bearer " + token(claims("trainer"), issuer.key)).contentType("application/json").body("{}")
                .post("/later").then().statusCode(202);
    }

    @Test
    void aTokenThatIsNotValidOpensNothing() throws Exception {
        String broker = "system:serviceaccount:knative:broker";
        JwtClaims late = claims(broker);
        late.setExpirationTimeMinutesInTheFuture(-5);
        JwtClaims endless = claims(broker);
        endless.unsetClaim("exp");
        JwtClaims others = claims(broker);
        others.setAudience("another");
        JwtClaims elsewhere = claims(broker);
        elsewhere.setIssuer("https://elsewhere.example");
        for (JwtClaims wrong : List.of(late, endless, others, elsewhere, claims("nobody"))) {
            assertEquals(401, status(token(wrong, issuer.key)), wrong.toString());
        }
        assertEquals(401, status(token(claims(broker), key("first"))), "signed by another");
        String right = token(claims(broker), issuer.key);
        assertEquals(401, status(right.substring(0, right.length() - 8) + "AAAAAAAA"));
        JsonWebSignature unsigned = new JsonWebSignature();
        unsigned.setPayload(claims(broker).toJson());
        unsigned.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
        unsigned.setAlgorithmConstraints(org.jose4j.jwa.AlgorithmConstraints.NO_CONSTRAINTS);
        assertEquals(401, status(unsigned.getCompactSerialization()));
        JsonWebSignature symmetric = new JsonWebSignature();
        symmetric.setPayload(claims(broker).toJson());
        symmetric.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        symmetric.setKeyIdHeaderValue("first");
        symmetric.setKey(new HmacKey(issuer.key.getPublicKey().getEncoded()));
        assertEquals(401, status(symmetric.getCompactSerialization()));
    }

    @Test
    void keysInAFileAreReadAnewWhenItChanges(@TempDir Path folder) throws Exception {
        RsaJsonWebKey old = key("old");
        RsaJsonWebKey next = key("next");
        Path file = Files.writeString(folder.resolve("keys.json"), keys(old));
        Tokens tokens = Tokens.of(ISSUER, Optional.of("padrec"), Optional.of(file.toString()), List.of("trainer=train"));
        assertEquals(Set.of(Role.TRAIN), tokens.roles(token(claims("trainer"), old)));
        assertEquals(Set.of(), tokens.roles(token(claims("trainer"), next)));
        Files.writeString(file, keys(old, next));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
        assertEquals(Set.of(Role.TRAIN), tokens.roles(token(claims("trainer"), next)));
    }

    @Test
    void withoutTheIssuersKeysATokenIsCheckedLater() throws Exception {
        for (String place : List.of("http://localhost:1/keys", "/nowhere/keys.json")) {
            Tokens tokens = Tokens.of(ISSUER, Optional.of("padrec"), Optional.of(place), List.of("trainer=train"));
            String token = token(claims("trainer"), issuer.key);
            assertEquals(503, assertThrows(Problem.class, () -> tokens.roles(token)).status());
        }
    }

    @Test
    void whatIsMissingOrMalformedIsSaid() {
        Optional<String> some = Optional.of("x");
        for (Runnable wrong : List.<Runnable>of(() -> Tokens.of(ISSUER, Optional.empty(), some, List.of("a=train")),
                () -> Tokens.of(ISSUER, some, Optional.empty(), List.of("a=train")), () -> Tokens.of(ISSUER, some, some, List.of()),
                () -> Tokens.of(ISSUER, some, some, List.of("a")), () -> Tokens.of(ISSUER, some, some, List.of("a=everything")))) {
            assertTrue(assertThrows(PadrecException.class, wrong::run).getMessage().contains("padrec.auth.oidc.roles"));
        }
    }
}
