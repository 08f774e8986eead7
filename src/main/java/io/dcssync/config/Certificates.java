package io.dcssync.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reads certificates from a PEM file. */
final class Certificates {

    /** Why a file gives no certificates. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String reason) {
            super(reason);
        }
    }

    private Certificates() {}

    /** Returns the certificates of a file: one or more. */
    static List<X509Certificate> read(Path file) throws Unreadable {
        try (InputStream pem = Files.newInputStream(file)) {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (certificates.isEmpty()) {
                throw new Unreadable("the file holds no certificate; it must hold one or more in PEM form");
            }
            return certificates;
        } catch (CertificateException e) {
            throw new Unreadable("the file must hold certificates in PEM form");
        } catch (NoSuchFileException e) {
            throw new Unreadable("there is no such file");
        } catch (IOException e) {
            throw new Unreadable("the file cannot be read");
        }
    }
}
