package io.dcssync.alert;

import io.dcssync.config.ChannelSettings;
import java.io.File;
import java.util.regex.Pattern;
import javax.net.SocketFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.GenericFileExist;
import org.apache.camel.component.file.GenericFileProducer;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.component.slack.SlackEndpoint;
import org.apache.camel.http.common.HttpMethods;
import org.apache.camel.support.ProcessorEndpoint;

/** Makes the endpoints of channels from their URIs, with what a user would expect where a URI does not say. */
public final class ChannelEndpoints {

    private static final Pattern FORMATTED_LOG =
            Pattern.compile("[?&](plain|show\\w+|multiline|style|maxChars|exchangeFormatter|group\\w+)=");

    private ChannelEndpoints() {}

    /**
     * Makes the endpoint of a channel.
     *
     * @param http how HTTP requests leave
     * @param sockets how mails leave
     * @throws org.apache.camel.ResolveEndpointFailedException if the URI is none; its text holds the URI, a secret
     * @throws IllegalArgumentException if options of the URI contradict each other
     */
    public static Endpoint open(
            CamelContext camel, ChannelSettings channel, HttpClientConfigurer http, SocketFactory sockets) {
        if (channel.isMail()) {
            return MailEndpoints.open(camel, channel, sockets);
        }
        if (channel.isKafka()) {
            return KafkaEndpoints.open(camel, channel.uri().reveal());
        }
        Endpoint endpoint = camel.getEndpoint(calm(channel.uri().reveal()));
        if (endpoint instanceof HttpEndpoint address) {
            return posting(address, http);
        }
        if (endpoint instanceof SlackEndpoint slack) {
            return posting(slack, channel, http);
        }
        return endpoint instanceof FileEndpoint file ? writing(file, camel, channel.name()) : endpoint;
    }

    private static HttpEndpoint posting(HttpEndpoint address, HttpClientConfigurer http) {
        address.setHttpClientConfigurer(builder -> {
            http.configureHttpClient(builder);
            builder.addExecInterceptorFirst("no-link-local", new NoLinkLocal());
        });
        // else an address with a query would be asked by GET
        address.setHttpMethod(address.getHttpMethod() == null ? HttpMethods.POST : address.getHttpMethod());
        return address;
    }

    private static Endpoint posting(SlackEndpoint slack, ChannelSettings channel, HttpClientConfigurer http) {
        HttpEndpoint address = slack.getCamelContext().getEndpoint(SlackChannel.address(slack), HttpEndpoint.class);
        try {
            return new SlackChannel(channel, slack, posting(address, http));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new RuntimeCamelException(e);
        }
    }

    /** A log that is not told how to show an event prints it alone and whole. */
    private static String calm(String uri) {
        if (!uri.startsWith("log:") || FORMATTED_LOG.matcher(uri).find()) {
            return uri;
        }
        return uri + (uri.contains("?") ? "&" : "?") + "plain=true&maxChars=0";
    }

    /** A folder gets a file for each event, a file that is appended to a line for each event. */
    private static Endpoint writing(FileEndpoint file, CamelContext camel, String channel) {
        if (file.getFileName() == null) {
            file.setFileName("${header.webhook-id}");
        }
        try {
            GenericFileProducer<File> producer = file.createProducer();
            if (file.getFileExist() == GenericFileExist.Append && file.getAppendChars() == null) {
                producer.setOperations(new AppendLines(file));
            }
            camel.addService(producer);
            return new ProcessorEndpoint("file-of-channel:" + channel, camel, producer);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new RuntimeCamelException(e);
        }
    }
}
