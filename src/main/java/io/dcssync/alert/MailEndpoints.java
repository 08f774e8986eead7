package io.dcssync.alert;

import io.dcssync.config.ChannelSettings;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Properties;
import javax.net.SocketFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Producer;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.mail.MailComponent;
import org.apache.camel.component.mail.MailConfiguration;
import org.apache.camel.component.mail.MailEndpoint;
import org.apache.camel.support.ProcessorEndpoint;

/** Makes the endpoints of channels that are mail servers. */
final class MailEndpoints {

    /** For connecting, and for each reply of the server. */
    private static final int TIMEOUT_MILLIS = 5000;

    private MailEndpoints() {}

    /**
     * Makes an endpoint that opens a connection for each mail, and sends a mail to the addresses that the server takes;
     * it fails with a {@link MailRefusal} where the server refuses any.
     *
     * @param sockets what it connects by, unless the URI names a SOCKS proxy
     * @throws org.apache.camel.ResolveEndpointFailedException if the URI is none
     * @throws IllegalArgumentException if an address is none
     */
    static Endpoint open(CamelContext camel, ChannelSettings channel, SocketFactory sockets) {
        String uri = channel.uri().reveal();
        String protocol = uri.substring(0, uri.indexOf(':'));
        camel.getComponent(protocol, MailComponent.class).getConfiguration().setConnectionTimeout(TIMEOUT_MILLIS);
        MailEndpoint endpoint = camel.getEndpoint(uri, MailEndpoint.class);
        MailConfiguration mail = endpoint.getConfiguration();
        checkAddresses(mail);
        Properties more = mail.getAdditionalJavaMailProperties();
        String option = "mail." + protocol + ".";
        if (more.getProperty(option + "socks.host") == null) {
            more.put(option + "socketFactory", sockets);
            more.put(option + "socketFactory.fallback", "false");
        } else {
            more.putIfAbsent(option + "writetimeout", String.valueOf(TIMEOUT_MILLIS));
        }
        more.putIfAbsent(option + "sendpartial", "true");
        // what the server says to a good-bye tells nothing of the mail
        more.putIfAbsent(option + "quitwait", "false");
        if (mail.getUsername() != null) {
            // a password travels encrypted wherever the server can
            more.putIfAbsent(option + "starttls.enable", "true");
        }
        return sending(endpoint, channel.name());
    }

    private static Endpoint sending(MailEndpoint mail, String channel) {
        try {
            Producer producer = mail.createProducer();
            mail.getCamelContext().addService(producer);
            return new ProcessorEndpoint("mail-of-channel:" + channel, mail.getCamelContext(), exchange -> {
                producer.process(exchange);
                if (exchange.getException() instanceof MessagingException met) {
                    exchange.setException(MailRefusal.of(met));
                }
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new RuntimeCamelException(e);
        }
    }

    private static void checkAddresses(MailConfiguration mail) {
        try {
            new InternetAddress(mail.getFrom(), true);
            for (String addresses : mail.getRecipients().values()) {
                InternetAddress.parse(addresses.replace(';', ','), true);
            }
        } catch (AddressException e) {
            throw new IllegalArgumentException("an address is none", e);
        }
    }
}
