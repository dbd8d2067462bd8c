#include "sandbox/bare/path_map.hpp"

#include <doctest/doctest.h>

using sandbox::PathMap;
using sandbox::Program;

TEST_SUITE("sandbox/path_map") {
  TEST_CASE("with namespaces every name stays") {
    const PathMap paths;
    CHECK(paths.is_identity());
    CHECK(paths.path("/box/main") == "/box/main");
    CHECK(paths.text("cat /tmp/x") == "cat /tmp/x");
  }

  TEST_CASE("without them names of the program's own places are replaced where a path begins") {
    Program program;
    program.files = {{"/driver/start", nullptr}};
    program.binds = {{"/opt/tool-1.2/bin", "/box/tool"}, {"/usr/share", "/usr/share"}};
    const PathMap paths = PathMap::below("/tmp/s", program);
    struct Row {
      const char* inside;
      const char* outside;
    };
    for (const Row& row : {
             Row{"/box", "/tmp/s/box"},
             Row{"/box/a/b", "/tmp/s/box/a/b"},
             Row{"/driver/start", "/tmp/s/driver/start"},
             Row{"/tmp/x", "/tmp/s/tmp/x"},
             Row{"/dev/shm/x", "/tmp/s/tmp/x"},
             Row{"/box/tool/run", "/opt/tool-1.2/bin/run"},
             Row{"/usr/share/x", "/usr/share/x"},
             Row{"/boxes/a", "/boxes/a"},
             Row{"/tmp.old", "/tmp.old"},
             Row{"/var/tmp", "/var/tmp"},
             Row{"", ""},
         }) {
      CAPTURE(row.inside);
      CHECK(paths.path(row.inside) == row.outside);
      CHECK(paths.text(row.inside) == row.outside);
    }
    for (const Row& row : {
             Row{"-I/box", "-I/tmp/s/box"},
             Row{"--outfile=/tmp/a.mjs", "--outfile=/tmp/s/tmp/a.mjs"},
             Row{"-isystem/box/include", "-isystem/tmp/s/box/include"},
             Row{"echo x>/tmp/x; cat </box/a", "echo x>/tmp/s/tmp/x; cat </tmp/s/box/a"},
             Row{"open('/box/a')", "open('/tmp/s/box/a')"},
             Row{"/box:/usr/bin:/tmp", "/tmp/s/box:/usr/bin:/tmp/s/tmp"},
             Row{"../tmp/x ./box x/box", "../tmp/x ./box x/box"},
             Row{"-x/y/box", "-x/y/box"},
             Row{"http://box/", "http://box/"},
         }) {
      CAPTURE(row.inside);
      CHECK(paths.text(row.inside) == row.outside);
    }
    CHECK(paths.variable("HOME=/tmp") == "HOME=/tmp/s/tmp");
    CHECK(paths.variable("/tmp=/box/a") == "/tmp=/tmp/s/box/a");
    CHECK(paths.variable("nothing") == "nothing");
    CHECK(paths.told("/tmp/s/box/a:1 in /tmp/s/tmp, /tmp/s2/x") == "/box/a:1 in /tmp, /tmp/s2/x");
    CHECK(paths.told("/tmp/s") == "/tmp/s");
    CHECK(PathMap{}.told("/tmp/s/box") == "/tmp/s/box");
  }
}
