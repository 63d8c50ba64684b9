package dev.centime.budget;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Stands before a mail server as a relay does: encrypts, and turns away the recipients that it is told to turn away. */
public final class MailFront implements AutoCloseable {
    private final ServerSocket server;
    private final int behind;
    private final Encryption encryption;
    private final @Nullable SSLContext context;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();

    /** When a connection is encrypted. */
    public enum Encryption {
        NEVER,
        WHEN_ASKED,
        FROM_THE_FIRST_BYTE
    }

    private record Refusal(String reply, AtomicInteger times) {}

    private MailFront(int behind, Encryption encryption, @Nullable SSLContext context) throws IOException {
        this.behind = behind;
        this.encryption = encryption;
        this.context = context;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** A server to stand behind one, on a port of its own. */
    public static GreenMail server() {
        var setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        // A busy machine takes longer than the two seconds that are usual to come to its thread.
        setup.setServerStartupTimeout(Duration.ofSeconds(60).toMillis());
        return new GreenMail(setup);
    }

    /** @param behind the port of the server behind it */
    public static MailFront before(int behind, Encryption encryption, @Nullable SSLContext context) {
        try {
            var front = new MailFront(behind, encryption, context);
            front.threads.submit(front::accept);
            return front;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Turns a recipient away so many times. @param reply with its code */
    public void refuses(String address, String reply, int times) {
        refusals.put(address, new Refusal(reply, new AtomicInteger(times)));
    }

    /** What it was told to do, but for the mails themselves. */
    public List<String> commands() {
        return commands;
    }

    private Void accept() throws IOException {
        while (!server.isClosed()) {
            var socket = server.accept();
            threads.submit(() -> {
                try (socket;
                        var upstream = new Socket(InetAddress.getLoopbackAddress(), behind)) {
                    var talk = new Talk(upstream);
                    talk.begin(encryption == Encryption.FROM_THE_FIRST_BYTE ? encrypted(socket) : socket);
                }
                return null;
            });
        }
        return null;
    }

    private SSLSocket encrypted(Socket socket) throws IOException {
        var layered = (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        layered.setUseClientMode(false);
        layered.startHandshake();
        return layered;
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** One connection. */
    private final class Talk {
        private final Socket upstream;
        private final BufferedReader answers;
        private boolean plain = true;

        private Talk(Socket upstream) throws IOException {
            this.upstream = upstream;
            this.answers = lines(upstream);
        }

        private void begin(Socket client) throws IOException {
            tell(client, reply());
            converse(client);
        }

        private void converse(Socket client) throws IOException {
            var lines = lines(client);
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                commands.add(line);
                var command = line.toUpperCase(Locale.ROOT);
                var refusal = refusal(line);
                if (command.equals("STARTTLS") && offersToEncrypt()) {
                    say(client, "220 go on");
                    plain = false;
                    converse(encrypted(client));
                    return;
                }
                if (refusal != null) {
                    say(client, refusal);
                } else {
                    pass(client, lines, line, command);
                }
            }
        }

        private void pass(Socket client, BufferedReader lines, String line, String command) throws IOException {
            say(upstream, line);
            var reply = reply();
            if (command.startsWith("EHLO") && offersToEncrypt()) {
                reply.add(1, "250-STARTTLS");
            }
            tell(client, reply);
            if (reply.getLast().startsWith("354")) {
                for (var part = lines.readLine(); part != null; part = lines.readLine()) {
                    say(upstream, part);
                    if (part.equals(".")) {
                        tell(client, reply());
                        return;
                    }
                }
            }
        }

        private boolean offersToEncrypt() {
            return plain && encryption == Encryption.WHEN_ASKED;
        }

        /** All lines of one reply; only the last has no dash behind its code. */
        private List<String> reply() throws IOException {
            var reply = new ArrayList<String>();
            do {
                reply.add(answers.readLine());
            } while (reply.getLast() != null && reply.getLast().matches("\\d{3}-.*"));
            return reply;
        }

        private static void tell(Socket client, List<String> reply) throws IOException {
            for (int index = 0; index < reply.size(); index++) {
                var line = reply.get(index);
                say(client, line.substring(0, 3) + (index < reply.size() - 1 ? "-" : " ") + line.substring(4));
            }
        }

        private @Nullable String refusal(String line) {
            var refusal = line.toUpperCase(Locale.ROOT).startsWith("RCPT TO:<")
                    ? refusals.get(line.substring("RCPT TO:<".length(), line.lastIndexOf('>')))
                    : null;
            return refusal != null && refusal.times.getAndDecrement() > 0 ? refusal.reply : null;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
