// Uses what Java offers, once each; an exception shows what did not work.
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.security.SecureRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

public class Broad {
  static void expect(boolean worked, String what) {
    if (!worked) throw new IllegalStateException(what);
  }

  static void threads() throws Exception {
    var pool = Executors.newFixedThreadPool(4);
    expect(pool.submit(() -> 42).get() == 42, "pool");
    pool.shutdown();
    expect(IntStream.range(0, 100000).parallel().map(n -> n % 2).sum() == 50000, "stream");
    var thread = new Thread(() -> {});
    thread.setPriority(Thread.MAX_PRIORITY);
    thread.start();
    thread.join();
    var timer = Executors.newScheduledThreadPool(1);
    timer.schedule(() -> {}, 1, TimeUnit.MILLISECONDS).get();
    timer.shutdown();
    byte[][] kept = new byte[8][];
    for (int i = 0; i < 200; ++i) kept[i % 8] = new byte[1 << 20];
    System.gc();
  }

  static void processes() throws Exception {
    var echo = new ProcessBuilder("/bin/echo", "child").start();
    expect(new String(echo.getInputStream().readAllBytes()).equals("child\n"), "echo");
    expect(echo.waitFor() == 0, "exit");
    var sleep = new ProcessBuilder("/bin/sleep", "30").start();
    sleep.destroy();
    expect(sleep.waitFor() == 143, "destroy");
    expect(ProcessHandle.current().isAlive(), "handle");
  }

  static void files(Path folder) throws Exception {
    var watch = FileSystems.getDefault().newWatchService();
    folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
    Path file = Files.writeString(folder.resolve("a"), "text");
    expect(watch.poll(20, TimeUnit.SECONDS) != null, "watch");
    watch.close();
    Files.copy(file, folder.resolve("b"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(folder.resolve("b"), folder.resolve("c"));
    Files.createSymbolicLink(folder.resolve("link"), file);
    expect(folder.toFile().getUsableSpace() > 0, "space");
    var write = StandardOpenOption.WRITE;
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, write)) {
      channel.lock().release();
      var map = channel.map(FileChannel.MapMode.READ_WRITE, 0, 4096);
      map.put(0, (byte) 1);
      map.force();
      channel.force(true);
      try (var copy = FileChannel.open(folder.resolve("d"), StandardOpenOption.CREATE, write)) {
        expect(channel.transferTo(0, 4096, copy) == 4096, "transfer");
      }
    }
  }

  static void sockets(Path folder) throws Exception {
    var address = UnixDomainSocketAddress.of(folder.resolve("socket"));
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      try (var client = SocketChannel.open(address); var accepted = server.accept()) {
        client.write(ByteBuffer.wrap(new byte[] {1}));
        expect(accepted.read(ByteBuffer.allocate(1)) == 1, "read");
      }
    }
    var pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    try (var selector = Selector.open()) {
      pipe.source().register(selector, SelectionKey.OP_READ);
      pipe.sink().write(ByteBuffer.wrap(new byte[] {1}));
      expect(selector.select(20000) == 1, "select");
    }
    try {
      new ServerSocket(0).close();
      expect(false, "no network");
    } catch (IOException refused) {
      // as it should be
    }
    expect(InetAddress.getLoopbackAddress().isLoopbackAddress(), "loopback");
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("broad");
    threads();
    processes();
    files(folder);
    sockets(folder);
    new SecureRandom().nextInt();
    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("done")));
    System.exit(0);
  }
}
