package io.padrec.datasets;

import io.padrec.core.AtomicFiles;
import io.padrec.core.PadrecException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Downloads files whose content is known beforehand. A file appears whole and right, or not at all; one that is already
 * there and right is not fetched again. Uses the URL connection of the JDK, which alone has a time limit for a server that
 * stops in the middle.
 */
final class Download {
    private static final int TIMEOUT_MILLIS = 30_000;

    /** A file at the source. */
    record RemoteFile(String name, long size, String sha256) {
    }

    private final URI source;
    private final DownloadProgress progress;
    private final int timeoutMillis;

    /** @param source the folder's address, ending in a slash */
    Download(URI source, DownloadProgress progress) {
        this(source, progress, TIMEOUT_MILLIS);
    }

    Download(URI source, DownloadProgress progress, int timeoutMillis) {
        this.source = source;
        this.progress = progress;
        this.timeoutMillis = timeoutMillis;
    }

    void fetch(List<RemoteFile> files, Path folder) {
        for (RemoteFile file : files) {
            Path target = folder.resolve(file.name());
            if (isThere(file, target)) {
                progress.received(file.name(), file.size(), file.size());
            } else {
                AtomicFiles.write(target, temporary -> fetch(file, temporary, target));
            }
        }
    }

    private static boolean isThere(RemoteFile file, Path target) {
        try {
            return Files.isRegularFile(target) && AtomicFiles.sha256(target).equals(file.sha256());
        } catch (IOException e) {
            return false; // unreadable is as good as absent; writing it says what is wrong
        }
    }

    private void fetch(RemoteFile file, Path temporary, Path target) throws IOException {
        URI address = source.resolve(file.name());
        long received;
        try (OutputStream out = Files.newOutputStream(temporary)) {
            received = receive(file, address, out);
        }
        if (received < file.size()) {
            throw failed(address, "the connection ended after " + received + " of " + file.size() + " bytes", "try again",
                    null);
        }
        if (received > file.size() || !AtomicFiles.sha256(temporary).equals(file.sha256())) {
            throw failed(address, "the file is not the one that is expected (its SHA-256 should be " + file.sha256() + ")",
                    "get " + file.name() + " elsewhere and put it into " + target.toAbsolutePath().getParent(), null);
        }
    }

    /** Writes what the server sends, one byte more than expected at most, and returns how much that was. */
    private long receive(RemoteFile file, URI address, OutputStream out) throws IOException {
        long received = 0;
        byte[] buffer = new byte[1 << 16];
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(timeoutMillis);
        connection.setReadTimeout(timeoutMillis);
        try (InputStream in = open(connection, address)) {
            while (received <= file.size()) {
                int read = read(in, buffer, (int) Math.min(buffer.length, file.size() + 1 - received), address);
                if (read < 0) {
                    break;
                }
                out.write(buffer, 0, read);
                received += read;
                progress.received(file.name(), Math.min(received, file.size()), file.size());
            }
        } finally {
            connection.disconnect();
        }
        return received;
    }

    private InputStream open(HttpURLConnection connection, URI address) {
        try {
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw failed(address, "the server answered " + status, status >= 500 ? "try again later"
                        : "the file may have moved; get it elsewhere and give its folder", null);
            }
            return connection.getInputStream();
        } catch (IOException e) {
            throw unreachable(address, e);
        }
    }

    private int read(InputStream in, byte[] buffer, int length, URI address) {
        try {
            return in.read(buffer, 0, length);
        } catch (IOException e) {
            throw unreachable(address, e);
        }
    }

    private PadrecException unreachable(URI address, IOException e) {
        String reason = switch (e) {
            case UnknownHostException _ -> "the server " + address.getHost() + " is not known";
            case SocketTimeoutException _ -> "the server does not answer in time";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
        return failed(address, reason, "check the network (a proxy is set with -Dhttps.proxyHost and -Dhttps.proxyPort)"
                + " and try again", e);
    }

    private static PadrecException failed(URI address, String reason, String advice, IOException cause) {
        return new PadrecException("cannot download " + address + ": " + reason + "; " + advice, cause);
    }
}
