// Tries: a Java heap without end.
// Must end: memory_limit.
import java.util.ArrayList;
import java.util.List;

public class Heap {
  public static void main(String[] arguments) {
    List<byte[]> all = new ArrayList<>();
    for (;;) {
      byte[] block = new byte[4 << 20];
      java.util.Arrays.fill(block, (byte) 1);
      all.add(block);
    }
  }
}
