package dev.maru.spring.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.core.io.Resource;

/**
 * The keys that may have signed a token. Which algorithms are believed follows from the key alone, never from the
 * token: a public key is no shared secret (RFC 8725, 3.1).
 *
 * <p>Used by the thread that starts the application; what it makes is safe for any thread.
 */
final class JwtKeys {
    private static final int SHORTEST_SECRET = 32;
    private static final int FETCH_MILLIS = 2_000;
    private static final int MOST_BYTES_OF_A_SET = 512 * 1024;
    private static final long SET_KEPT_MILLIS = 300_000;
    private static final long FETCH_WAIT_MILLIS = 15_000;
    private static final long FETCH_PAUSE_MILLIS = 10_000;
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

    private JwtKeys() {}

    /** @throws IllegalStateException if the keys that are configured are none */
    static JWSKeySelector<SecurityContext> of(JwtProperties properties) {
        if (properties.secret() != null) {
            return shared(properties.secret().getBytes(StandardCharsets.UTF_8));
        }
        if (properties.publicKeyLocation() != null) {
            return pem(properties.publicKeyLocation());
        }
        if (properties.jwkSetUri() != null) {
            return published(properties.jwkSetUri());
        }
        throw new IllegalStateException("no key is configured");
    }

    private static JWSKeySelector<SecurityContext> shared(byte[] secret) {
        if (secret.length < SHORTEST_SECRET) {
            throw new IllegalStateException(
                    "maru.auth.jwt.secret has " + secret.length + " bytes; it needs " + SHORTEST_SECRET);
        }
        return only(JWSAlgorithm.Family.HMAC_SHA, new SecretKeySpec(secret, "HMAC"));
    }

    private static JWSKeySelector<SecurityContext> pem(Resource file) {
        try {
            Matcher pem = PEM.matcher(file.getContentAsString(StandardCharsets.US_ASCII));
            if (pem.find()) {
                return key(Base64.getMimeDecoder().decode(pem.group(1)));
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("maru.auth.jwt.public-key-location cannot be read: " + file, e);
        }
        throw new IllegalStateException("there is no \"BEGIN PUBLIC KEY\" in " + file);
    }

    private static JWSKeySelector<SecurityContext> key(byte[] encoded) throws GeneralSecurityException {
        X509EncodedKeySpec spec = new X509EncodedKeySpec(encoded);
        try {
            return only(JWSAlgorithm.Family.RSA, KeyFactory.getInstance("RSA").generatePublic(spec));
        } catch (GeneralSecurityException notRsa) {
            ECPublicKey key = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(spec);
            return only(JwtKeys.algorithmsOf(key), key);
        }
    }

    private static Set<JWSAlgorithm> algorithmsOf(ECPublicKey key) {
        Curve curve = Curve.forECParameterSpec(key.getParams());
        return Curve.P_256.equals(curve)
                ? Set.of(JWSAlgorithm.ES256)
                : Curve.P_384.equals(curve) ? Set.of(JWSAlgorithm.ES384) : Set.of(JWSAlgorithm.ES512);
    }

    private static JWSKeySelector<SecurityContext> only(Set<JWSAlgorithm> algorithms, Key key) {
        List<Key> keys = List.of(key);
        return (header, context) -> algorithms.contains(header.getAlgorithm()) ? keys : new ArrayList<>();
    }

    /** Fetched when they are needed, kept for a while, and never fetched more often because of unknown key ids. */
    private static JWSKeySelector<SecurityContext> published(URI address) {
        try {
            JWKSource<SecurityContext> keys = JWKSourceBuilder.<SecurityContext>create(
                            address.toURL(),
                            new DefaultResourceRetriever(FETCH_MILLIS, FETCH_MILLIS, MOST_BYTES_OF_A_SET))
                    .cache(SET_KEPT_MILLIS, FETCH_WAIT_MILLIS)
                    .rateLimited(FETCH_PAUSE_MILLIS)
                    .retrying(true)
                    .build();
            Set<JWSAlgorithm> algorithms = new HashSet<>(JWSAlgorithm.Family.RSA);
            algorithms.addAll(Set.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512));
            return new JWSVerificationKeySelector<>(algorithms, keys);
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new IllegalStateException("maru.auth.jwt.jwk-set-uri is no address: " + address, e);
        }
    }
}
