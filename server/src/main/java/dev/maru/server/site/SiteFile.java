package dev.maru.server.site;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

/**
 * One file of the browser client, held in memory in the two forms in which it leaves. Its tag comes from its content,
 * because the dates inside a reproducible jar never change.
 *
 * <p>Immutable by agreement: nobody writes to the arrays. Safe for any thread.
 *
 * @param gzip empty where compressing does not pay
 * @param lasting whether the name changes whenever the content does
 */
record SiteFile(MediaType type, byte[] bytes, Optional<byte[]> gzip, String tag, boolean lasting) {
    private static final Pattern HASHED_NAME = Pattern.compile(".*[-.][A-Z0-9]{8}\\.[a-z0-9.]+");
    private static final Set<String> COMPRESSED_ALREADY = Set.of("png", "jpeg", "webp", "woff2", "font-woff2");
    private static final int WORTH_COMPRESSING = 512;

    static SiteFile of(String path, byte[] bytes) {
        MediaType type = MediaTypeFactory.getMediaType(path).orElse(MediaType.APPLICATION_OCTET_STREAM);
        Optional<byte[]> gzip = Optional.of(bytes)
                .filter(all -> all.length >= WORTH_COMPRESSING && !COMPRESSED_ALREADY.contains(type.getSubtype()))
                .map(SiteFile::compress);
        boolean lasting = HASHED_NAME.matcher(path).matches();
        return new SiteFile(withCharset(type), bytes, gzip, digest(bytes), lasting);
    }

    private static MediaType withCharset(MediaType type) {
        boolean text = type.getType().equals("text") || type.getSubtype().equals("javascript");
        return text ? new MediaType(type, StandardCharsets.UTF_8) : type;
    }

    private static byte[] compress(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
