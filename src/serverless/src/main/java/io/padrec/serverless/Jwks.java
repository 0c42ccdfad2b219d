package io.padrec.serverless;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.Key;
import java.util.List;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/** An issuer's public keys, read when the first token comes, and again when the file changed or a token names a key not known. */
final class Jwks implements VerificationKeyResolver {
    private final String place;
    private VerificationKeyResolver remote;
    private VerificationKeyResolver file;
    private FileTime read;

    Jwks(String place) {
        this.place = place;
    }

    String place() {
        return place;
    }

    @Override
    public Key resolveKey(JsonWebSignature signature, List<JsonWebStructure> nesting) throws UnresolvableKeyException {
        return resolver().resolveKey(signature, nesting);
    }

    private synchronized VerificationKeyResolver resolver() throws UnresolvableKeyException {
        if (place.startsWith("https://") || place.startsWith("http://")) {
            if (remote == null) {
                remote = new HttpsJwksVerificationKeyResolver(new HttpsJwks(place));
            }
            return remote;
        }
        try {
            Path path = Path.of(place);
            FileTime changed = Files.getLastModifiedTime(path);
            if (!changed.equals(read)) {
                file = new JwksVerificationKeyResolver(new JsonWebKeySet(Files.readString(path)).getJsonWebKeys());
                read = changed;
            }
            return file;
        } catch (IOException e) {
            throw new UnresolvableKeyException("no keys in " + place, e);
        } catch (JoseException e) {
            throw new UnresolvableKeyException("no keys in " + place, new IOException(e));
        }
    }
}
