package io.dcssync.source.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dcssync.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a request showed and an answer may say back, be it as it is or as JSON writes it, and signatures. It is to be hidden
 * before anything is cut off the answer, so that no half of it is left. Immutable.
 */
final class SentSecrets {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final String HIDDEN = new Secret("").toString();

    // also one that the other side has reckoned, which is as good
    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-fA-F]{64,}");

    private final List<String> forms;

    SentSecrets(Stream<Secret> secrets) {
        this.forms = secrets.map(Secret::reveal)
                .filter(secret -> !secret.isEmpty())
                .flatMap(SentSecrets::forms)
                .distinct()
                // or a form that is part of another would leave the rest of that one
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    private static Stream<String> forms(String secret) {
        return Stream.of(JSON, ASCII)
                // twice where a request in JSON is quoted in an answer in JSON
                .flatMap(json -> Stream.of(secret, written(json, secret), written(json, written(json, secret))))
                .flatMap(form -> Stream.of(form, form.replace("/", "\\/")));
    }

    private static String written(JsonMapper json, String text) {
        try {
            String quoted = json.writeValueAsString(text);
            return quoted.substring(1, quoted.length() - 1);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a text that is no JSON (bug)", e);
        }
    }

    /** Returns an answer without them. */
    byte[] hide(byte[] answer) {
        // each byte a character and back, so that no other byte changes
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        for (String form : forms) {
            text = text.replace(new String(form.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1), HIDDEN);
        }
        return SIGNATURE.matcher(text).replaceAll(HIDDEN).getBytes(StandardCharsets.ISO_8859_1);
    }
}
