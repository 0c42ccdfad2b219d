package io.padrec.postgres;

import io.padrec.core.AtomicFiles;
import io.padrec.core.PadrecException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import org.postgresql.ds.PGSimpleDataSource;

/** Who may connect: the server's superuser, and the role that owns padrec's database. Both have the folder's password. */
record Credentials(Path passwordFile, String password) {
    static final String SUPERUSER = "postgres";
    static final String USER = "padrec";
    static final String DATABASE = "padrec";
    private static final int PASSWORD_BYTES = 24;
    private static final int CONNECT_SECONDS = 5;

    /** The folder's password; a new random one where there is no cluster yet. */
    static Credentials of(Path folder, Path cluster) {
        Path file = folder.resolve("password");
        try {
            if (!Files.exists(file)) {
                if (Files.exists(cluster)) {
                    throw new PadrecException("the database's password " + file + " is missing; restore it, or remove "
                            + folder + " to begin with an empty database");
                }
                AtomicFiles.write(file, Credentials::writeNew);
            }
            return new Credentials(file, Files.readString(file).strip());
        } catch (IOException e) {
            throw new PadrecException("cannot read the database's password " + file + ": " + e, e);
        }
    }

    private static void writeNew(Path file) throws IOException {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, HexFormat.of().formatHex(random));
    }

    /** Makes the role and the database where they are missing: a start that was cut off may have left either out. */
    void prepare(int port) {
        try (Connection connection = connect(port); Statement statement = connection.createStatement()) {
            if (!exists(statement, "SELECT FROM pg_roles WHERE rolname = '" + USER + "'")) {
                statement.execute("CREATE ROLE " + USER + " LOGIN PASSWORD '" + password + "'");
            }
            if (!exists(statement, "SELECT FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + USER);
            }
        } catch (SQLException e) {
            throw new PadrecException("cannot prepare the database on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** Connects as the superuser. */
    Connection connect(int port) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName("postgres");
        source.setUser(SUPERUSER);
        source.setPassword(password);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS);
        return source.getConnection();
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }
}
