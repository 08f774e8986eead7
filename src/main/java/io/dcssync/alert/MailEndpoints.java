package io.dcssync.alert;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.component.mail.MailComponent;
import org.apache.camel.component.mail.MailConfiguration;
import org.apache.camel.component.mail.MailEndpoint;

/** Makes the endpoints of channels that are mail servers. */
final class MailEndpoints {

    /** For connecting, and for each reply of the server. */
    private static final int TIMEOUT_MILLIS = 5000;

    private MailEndpoints() {}

    /**
     * @throws org.apache.camel.ResolveEndpointFailedException if the URI is none
     * @throws IllegalArgumentException if an address is none
     */
    static MailEndpoint open(CamelContext camel, String uri) {
        String protocol = uri.substring(0, uri.indexOf(':'));
        camel.getComponent(protocol, MailComponent.class).getConfiguration().setConnectionTimeout(TIMEOUT_MILLIS);
        MailEndpoint endpoint = camel.getEndpoint(uri, MailEndpoint.class);
        MailConfiguration mail = endpoint.getConfiguration();
        checkAddresses(mail);
        Properties more = mail.getAdditionalJavaMailProperties();
        more.putIfAbsent("mail." + protocol + ".writetimeout", String.valueOf(TIMEOUT_MILLIS));
        if (mail.getUsername() != null) {
            // a password travels encrypted wherever the server can
            more.putIfAbsent("mail." + protocol + ".starttls.enable", "true");
        }
        return endpoint;
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
