package io.dcssync.listapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.huaweicloud.sdk.core.auth.AKSKSigner;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.http.HttpMethod;
import com.huaweicloud.sdk.core.http.HttpRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RequestSignatureTest {

    private static final String HOST = "service.region.example.com";
    private static final String DATE = "20191115T033655Z";
    private static final Map<String, String> HEADERS = Map.of("Host", HOST, "X-Sdk-Date", DATE);

    @Test
    void a_get_is_signed_as_the_published_example() {
        RequestSignature signature = new RequestSignature(
                "GET",
                "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs",
                "limit=2&marker=13551d6b-755d-4757-b956-536f674975c0",
                HEADERS,
                new byte[0]);

        assertThat(signature.authorization("AccessKey", "SecretKey"))
                .isEqualTo("SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=host;x-sdk-date, "
                        + "Signature=fd95e7da6f695cfb4cabbb9d6b0968aec155bc576b064835282473539ae9ea1d");
    }

    @Test
    void a_post_is_signed_as_the_published_example() {
        RequestSignature signature = new RequestSignature(
                "POST",
                "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpc/123",
                null,
                HEADERS,
                "{\"key\":\"value\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(signature.by("SecretKey"))
                .isEqualTo("b5649aa774f6cac7437631662f08815fc65c70e40e486df6db2436ce68902771");
    }

    @Test
    void the_order_of_headers_and_parameters_and_how_they_are_encoded_make_no_difference() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-sdk-date", DATE);
        headers.put("HOST", " " + HOST + " ");

        assertThat(new RequestSignature("GET", "/a%62", "b=2&a=%7e%20%2A", headers, new byte[0]).by("s"))
                .isEqualTo(new RequestSignature("GET", "/ab/", "a=~+*&b=2", HEADERS, new byte[0]).by("s"));
    }

    @Property(tries = 400)
    void signatures_are_those_of_the_official_client(
            @ForAll("paths") String path,
            @ForAll("queries") Map<String, String> query,
            @ForAll("keys") String secretKey,
            @ForAll("names") String body) {
        String encodedQuery = query.entrySet().stream()
                .map(p -> encoded(p.getKey()) + "=" + encoded(p.getValue()))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder()
                .withMethod(HttpMethod.POST)
                .withEndpoint("https://" + HOST)
                .withPath(path)
                .addHeader("Host", HOST)
                .addHeader("X-Sdk-Date", DATE)
                .addHeader("X-Project-Id", "p1")
                .withBodyAsString(body)
                .build();
        HttpRequest.HttpRequestBuilder builder = request.builder();
        query.forEach((name, value) -> builder.addQueryParam(name, List.of(value)));
        String theirs = AKSKSigner.getInstance()
                .sign(
                        builder.build(),
                        new BasicCredentials().withAk("AK").withSk(secretKey).withProjectId("p1"))
                .get("Authorization");

        Map<String, String> headers = Map.of("Host", HOST, "X-Sdk-Date", DATE, "X-Project-Id", "p1");
        assertThat(new RequestSignature("POST", path, encodedQuery, headers, body.getBytes(StandardCharsets.UTF_8))
                        .authorization("AK", secretKey))
                .isEqualTo(theirs);
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .withChars("-._~")
                .ofMinLength(1)
                .ofMaxLength(12)
                .filter(segment -> !segment.matches("\\.+"))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(segments -> "/" + String.join("/", segments));
    }

    @Provide
    Arbitrary<Map<String, String>> queries() {
        // plain names: theirs puts others into the URL as they are, and then signs another one
        Arbitrary<String> names =
                Arbitraries.strings().alpha().withChars("-._").ofMinLength(1).ofMaxLength(8);
        return Arbitraries.maps(names, names()).ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars("äßé迁移€\n")
                .ofMaxLength(20);
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(40);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
