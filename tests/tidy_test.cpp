// Reads the whole tree and holds it to the rules that no compiler knows: who may include whom, what
// headers look like, which words and paths may not appear, which rooms need a README. Every rule is
// a function that complains, and is first shown to complain about a bad snippet: a rule that cannot
// fail guards nothing.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace {

using Complaints = std::vector<std::string>;

struct TreeFile {
  std::string path;  // relative to the root, with slashes
  std::uintmax_t size;
  std::string text;  // empty for what is too large
};

constexpr std::uintmax_t kLargestFile = 1'048'576;
constexpr std::ptrdiff_t kColumns = 100;

// The arrows between rooms: what a file of the room on the left may include, besides its own room.
// A room is the longest name here that is a folder above the file.
const std::map<std::string, std::set<std::string>, std::less<>>& arrows() {
  // What drives a submission from outside may know all this.
  static const std::set<std::string> outside = {
      "sandbox/base",     "sandbox",         "harnesses",      "harnesses/protocol",
      "harnesses/engine", "harnesses/actor", "harnesses/shims"};
  static const std::set<std::string> inside_judge = [] {
    std::set<std::string> rooms = {"harnesses/cases", "harnesses/history", "harnesses/property",
                                   "harnesses/schedule"};
    rooms.insert(outside.begin(), outside.end());
    return rooms;
  }();
  static const std::set<std::string> with_history = [] {
    std::set<std::string> rooms = {"harnesses/history"};
    rooms.insert(outside.begin(), outside.end());
    return rooms;
  }();
  static const std::set<std::string> beside_schedule = [] {
    std::set<std::string> rooms = {"harnesses/schedule"};  // its oracle
    rooms.insert(outside.begin(), outside.end());
    return rooms;
  }();
  static const std::map<std::string, std::set<std::string>, std::less<>> table = {
      {"sandbox/base", {}},
      {"sandbox", {"sandbox/base"}},
      {"sandbox/bench", {"sandbox/base", "sandbox"}},
      {"sandbox/run", {"sandbox/base", "sandbox"}},
      {"harnesses/protocol", {"sandbox/base"}},
      {"harnesses/shims", {"sandbox/base", "harnesses/protocol", "harnesses"}},
      {"harnesses", {"sandbox/base", "harnesses/protocol"}},  // call.hpp: what all kinds share
      {"harnesses/engine", {"sandbox/base", "harnesses/protocol", "harnesses"}},
      {"harnesses/history", {"sandbox/base", "harnesses/protocol"}},
      {"harnesses/actor", {"sandbox/base", "sandbox", "harnesses/protocol", "harnesses"}},
      {"harnesses/cases", outside},
      {"harnesses/schedule", with_history},
      {"harnesses/property", beside_schedule},
      {"judge", inside_judge},
  };
  return table;
}

bool is_below(std::string_view path, std::string_view folder) {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

// The room that a file belongs to; empty: none. A test belongs to the room that it mirrors.
std::string room_of(std::string_view path) {
  if (is_below(path, "tests")) path.remove_prefix(std::string_view{"tests/"}.size());
  std::string best;
  for (const auto& [room, targets] : arrows()) {
    if (is_below(path, room) && room.size() > best.size()) best = room;
  }
  return best;
}

bool ends_with_any(std::string_view path, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return path.ends_with(ending); });
}

bool is_header(std::string_view path) { return ends_with_any(path, {".hpp", ".h"}); }
bool is_cpp(std::string_view path) { return ends_with_any(path, {".hpp", ".h", ".cpp", ".c"}); }

// Code of ours; what lies in problems/ and tests/golden/ is data.
bool is_source(std::string_view path) {
  if (is_below(path, "problems") || is_below(path, "tests/golden")) return false;
  const bool script = is_below(path, "scripts") && path.find('.') == std::string_view::npos;
  return script || is_cpp(path) ||
         ends_with_any(path,
                       {".mjs", ".cjs", ".js", ".ts", ".py", ".sh", ".cmake", "CMakeLists.txt"});
}

std::string trimmed(const std::string& line) {
  const std::size_t first = line.find_first_not_of(" \t");
  return first == std::string::npos ? "" : line.substr(first);
}

// What a line includes with quotes, or from one of our rooms with angle brackets; empty: nothing.
std::string included_by(const std::string& line) {
  std::string rest = trimmed(line);
  if (!rest.starts_with("#")) return "";
  rest = trimmed(rest.substr(1));
  if (!rest.starts_with("include")) return "";
  const std::size_t open = rest.find_first_of("\"<");
  const std::size_t close = rest.find_last_of("\">");
  if (open == std::string::npos || close <= open) return "";
  std::string name = rest.substr(open + 1, close - open - 1);
  return rest[open] == '"' || !room_of(name).empty() ? name : "";
}

// ---- the rules ----

// What is wrong with one line of a file; empty: nothing.
using LineRule = std::string (*)(const std::string& path, const std::string& line);

Complaints by_line(LineRule rule, const std::string& path, const std::string& text) {
  Complaints complaints;
  int number = 0;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) {
    ++number;
    const std::string wrong = rule(path, line);
    if (wrong.empty()) continue;
    complaints.push_back(path);
    complaints.back().append(":").append(std::to_string(number)).append(": ").append(wrong);
  }
  return complaints;
}

std::string include_against_arrows(const std::string& path, const std::string& line) {
  const std::string name = included_by(line);
  if (name.empty() || !is_cpp(path) || is_below(path, "problems")) return "";
  const bool test = is_below(path, "tests");
  if (test && is_below(name, "tests")) return "";
  const std::string from = room_of(path);
  const std::string to = room_of(name);
  if (to.empty() || is_below(name, "tests") || name.find("..") != std::string::npos) {
    return "'" + name + "' is no path from the root into a room";
  }
  if (from.empty() || to == from || arrows().at(from).contains(to)) return "";
  return from + " must not know " + to + " ('" + name + "')";
}

std::string namespace_opened_for_all(const std::string& path, const std::string& line) {
  if (!is_header(path) || !trimmed(line).starts_with("using namespace")) return "";
  return "a header says 'using namespace' to all who include it";
}

std::string word_of_another_room(const std::string& path, const std::string& line) {
  if (!is_below(path, "sandbox") || !is_cpp(path)) return "";
  std::string lower = line;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const std::string word : {"problem", "submission", "verdict"}) {
    if (lower.find(word) == std::string::npos) continue;
    return "the sandbox does not know the word '" + word + "'";
  }
  return "";
}

// Counts characters, not bytes. A line with an address may be as long as the address makes it.
std::string long_line(const std::string& path, const std::string& line) {
  if (!is_source(path) || line.find("https://") != std::string::npos) return "";
  const auto columns = std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;  // no UTF-8 continuation byte
  });
  return columns <= kColumns ? "" : std::to_string(columns) + " columns, of at most 100";
}

// The home folder of whoever wrote the file. A path that is meant says on its line `tidy: why`.
std::string path_of_one_machine(const std::string& /*path*/, const std::string& line) {
  if (line.find("tidy: ") != std::string::npos) return "";
  for (const std::string home : {"/root/", "/home/"}) {  // tidy: what is looked for
    const std::size_t found = line.find(home);
    if (found == std::string::npos) continue;
    const char before = found == 0 ? ' ' : line[found - 1];
    const char after = (line + " ")[found + home.size()];
    if (std::isalnum(static_cast<unsigned char>(before)) != 0) continue;  // a/root/b
    if (std::isgraph(static_cast<unsigned char>(after)) == 0) continue;   // the folder itself
    return "'" + home + "...' is one machine's path";
  }
  return "";
}

std::string foreign_registry(const std::string& path, const std::string& line) {
  const std::string found = trimmed(line);
  if (!path.ends_with("package-lock.json") || !found.starts_with("\"resolved\"")) return "";
  if (found.starts_with("\"resolved\": \"https://registry.npmjs.org/")) return "";
  return "a package from elsewhere than the public registry";
}

Complaints outside_rooms(const std::string& path, const std::string& /*text*/) {
  if (!is_cpp(path) || is_below(path, "problems") || is_below(path, "tests")) return {};
  if (!room_of(path).empty()) return {};
  return {path + ": is in no room; add the room and its arrows to tests/tidy_test.cpp"};
}

Complaints unguarded_header(const std::string& path, const std::string& text) {
  if (!is_header(path) || is_below(path, "problems")) return {};
  if (text.starts_with("#pragma once\n") || text.find("\n#pragma once\n") != std::string::npos) {
    return {};
  }
  return {path + ": has no '#pragma once'"};
}

Complaints too_large(const std::string& path, std::uintmax_t size) {
  if (size <= kLargestFile) return {};
  return {path + ": " + std::to_string(size) + " bytes, of at most 1 MiB"};
}

// The root, each top-level room, sandbox/base, and each folder of harnesses/ that holds code.
Complaints missing_readmes(const std::set<std::string>& paths) {
  std::set<std::string> rooms = {"",       "sandbox/",  "sandbox/base/", "harnesses/",
                                 "judge/", "problems/", "tests/",        "scripts/"};
  const std::string harnesses = "harnesses/";
  for (const std::string& path : paths) {
    const std::size_t slash = path.find('/', harnesses.size());
    if (path.starts_with(harnesses) && slash != std::string::npos && is_source(path)) {
      rooms.insert(path.substr(0, slash + 1));
    }
  }
  Complaints complaints;
  for (const std::string& room : rooms) {
    if (!paths.contains(room + "README.md")) complaints.push_back(room + "README.md is missing");
  }
  return complaints;
}

// ---- the tree ----

std::vector<TreeFile> read_tree() {
  namespace fs = std::filesystem;
  const fs::path root{JUDGE_SOURCE_DIR};
  const std::set<std::string> skipped = {".git", "build", "node_modules", "__pycache__"};
  std::vector<TreeFile> files;
  for (auto entry = fs::recursive_directory_iterator(root); entry != fs::end(entry); ++entry) {
    if (skipped.contains(entry->path().filename().string())) {
      entry.disable_recursion_pending();
      continue;
    }
    if (entry->is_symlink() || !entry->is_regular_file()) continue;
    TreeFile file{entry->path().lexically_relative(root).generic_string(), entry->file_size(), ""};
    if (file.size <= kLargestFile) {
      std::ifstream in{entry->path(), std::ios::binary};
      file.text.assign(std::istreambuf_iterator<char>{in}, {});
    }
    files.push_back(std::move(file));
  }
  return files;
}

std::string joined(const Complaints& complaints) {
  std::string all;
  for (const std::string& complaint : complaints) all += "\n" + complaint;
  return all;
}

std::string complaints_about_tree(LineRule rule) {
  Complaints complaints;
  for (const TreeFile& file : read_tree()) {
    const bool binary = file.text.find('\0') != std::string::npos;
    if (binary) continue;
    for (std::string& found : by_line(rule, file.path, file.text)) complaints.push_back(found);
  }
  return joined(complaints);
}

using FileRule = Complaints (*)(const std::string& path, const std::string& text);

std::string complaints_about_tree(FileRule rule) {
  Complaints complaints;
  for (const TreeFile& file : read_tree()) {
    for (std::string& found : rule(file.path, file.text)) complaints.push_back(found);
  }
  return joined(complaints);
}

// Is `room` reached again by following the arrows from it?
bool is_in_a_cycle(const std::string& room) {
  std::set<std::string> reached;
  std::vector<std::string> open = {room};
  while (!open.empty()) {  // at most one round for each room
    const std::string next = open.back();
    open.pop_back();
    for (const std::string& target : arrows().at(next)) {
      if (target == room) return true;
      if (reached.insert(target).second) open.push_back(target);
    }
  }
  return false;
}

}  // namespace

TEST_SUITE("tidy") {
  TEST_CASE("the arrows between rooms have no cycle") {
    for (const auto& row : arrows()) {
      CAPTURE(row.first);
      CHECK_FALSE(is_in_a_cycle(row.first));
    }
  }

  TEST_CASE("an include against the arrows is noticed") {
    struct Row {
      const char* path;
      const char* line;
      const char* complaint;
    };
    const char* const plan = "#include \"harnesses/schedule/plan.hpp\"";
    const char* const problem = "  # include \"judge/problem/problem.hpp\"  // why";
    for (const Row& row : {
             Row{"sandbox/a.cpp", "#include \"sandbox/base/result.hpp\"", ""},
             Row{"sandbox/a.cpp", plan,
                 "sandbox must not know harnesses/schedule ('harnesses/schedule/plan.hpp')"},
             Row{"sandbox/base/a.hpp", "#include <sandbox/limits.hpp>",
                 "sandbox/base must not know sandbox ('sandbox/limits.hpp')"},
             Row{"harnesses/schedule/a.cpp", plan, ""},
             Row{"harnesses/schedule/a.cpp", problem,
                 "harnesses/schedule must not know judge ('judge/problem/problem.hpp')"},
             Row{"harnesses/cases/a.cpp", plan,
                 "harnesses/cases must not know harnesses/schedule "
                 "('harnesses/schedule/plan.hpp')"},
             Row{"judge/a.cpp", plan, ""},
             Row{"judge/a.cpp", "#include <vector>", ""},
             Row{"judge/a.cpp", "#include \"problem.hpp\"",
                 "'problem.hpp' is no path from the root into a room"},
             Row{"judge/a.cpp", "#include \"judge/../sandbox/limits.hpp\"",
                 "'judge/../sandbox/limits.hpp' is no path from the root into a room"},
             Row{"judge/a.cpp", "#include \"tests/scratch.hpp\"",
                 "'tests/scratch.hpp' is no path from the root into a room"},
             Row{"tests/a_test.cpp", "#include \"tests/scratch.hpp\"", ""},
             Row{"tests/a_test.cpp", problem, ""},
             Row{"tests/sandbox/a_test.cpp", problem,
                 "sandbox must not know judge ('judge/problem/problem.hpp')"},
         }) {
      CAPTURE(row.path);
      CHECK(include_against_arrows(row.path, row.line) == row.complaint);
    }
    CHECK(joined(outside_rooms("judge/a.cpp", "")) == "");
    CHECK(joined(outside_rooms("attic/a.cpp", "")) ==
          "\nattic/a.cpp: is in no room; add the room and its arrows to tests/tidy_test.cpp");
  }

  TEST_CASE("a complaint names file and line") {
    CHECK(joined(by_line(include_against_arrows, "judge/a.cpp", "\n\n#include \"b.hpp\"")) ==
          "\njudge/a.cpp:3: 'b.hpp' is no path from the root into a room");
  }

  TEST_CASE("a header without a guard, and one that opens a namespace, are noticed") {
    CHECK(joined(unguarded_header("judge/a.hpp", "// A.\n#pragma once\nint a;\n")) == "");
    CHECK(joined(unguarded_header("judge/a.hpp", "// #pragma once\n")) ==
          "\njudge/a.hpp: has no '#pragma once'");
    CHECK(namespace_opened_for_all("judge/a.hpp", "using std::string;") == "");
    CHECK(namespace_opened_for_all("judge/a.cpp", "using namespace std;") == "");
    CHECK(namespace_opened_for_all("judge/a.hpp", "  using namespace std;") ==
          "a header says 'using namespace' to all who include it");
  }

  TEST_CASE("a sandbox that speaks of what its programs are for is noticed") {
    CHECK(word_of_another_room("sandbox/a.cpp", "// The program.") == "");
    CHECK(word_of_another_room("judge/a.cpp", "int submission;") == "");
    CHECK(word_of_another_room("sandbox/base/a.hpp", "// Two Problems.") ==
          "the sandbox does not know the word 'problem'");
    CHECK(word_of_another_room("sandbox/a.cpp", "int verdict_;") ==
          "the sandbox does not know the word 'verdict'");
  }

  TEST_CASE("a line of 101 columns is noticed, counted in characters") {
    const std::string hundred(100, 'x');
    std::string umlauts;
    for (int i = 0; i < 100; ++i) umlauts += "\xC3\xBC";
    for (const char* path : {"scripts/judge", "harnesses/shims/a.mjs", "judge/CMakeLists.txt"}) {
      CHECK(long_line(path, hundred) == "");
      CHECK(long_line(path, umlauts) == "");
      CHECK(long_line(path, hundred + "x") == "101 columns, of at most 100");
    }
    CHECK(long_line("judge/a.cpp", "// https://" + hundred) == "");
    CHECK(long_line("problems/a/submissions/accepted/a.py", hundred + "x") == "");
  }

  TEST_CASE("a path of one developer's machine is noticed") {
    CHECK(path_of_one_machine("a.md",
                              "see /ro"
                              "ot/x") ==
          "'/ro"
          "ot/...' is one machine's path");
    CHECK(path_of_one_machine("a.md",
                              "see /ho"
                              "me/x") ==
          "'/ho"
          "me/...' is one machine's path");
    CHECK(path_of_one_machine("a.cpp",
                              "open(\"/ro"
                              "ot/x\");  // tidy: must be hidden") == "");
    CHECK(path_of_one_machine("a.cpp", "/home is hidden, /root/ too; a/root/b") == "");
  }

  TEST_CASE("a package from another registry is noticed") {
    const std::string ours = "  \"resolved\": \"https://registry.npmjs.org/a/-/a-1.tgz\",";
    CHECK(foreign_registry("package-lock.json", ours) == "");
    CHECK(foreign_registry("package-lock.json", "\"resolved\": \"http://mirror/a.tgz\"") ==
          "a package from elsewhere than the public registry");
  }

  TEST_CASE("a file above one mebibyte is noticed") {
    CHECK(joined(too_large("a.bin", 1048576)) == "");
    CHECK(joined(too_large("a.bin", 1048577)) == "\na.bin: 1048577 bytes, of at most 1 MiB");
  }

  TEST_CASE("a room without a README is noticed") {
    const std::set<std::string> all = {
        "README.md",       "sandbox/README.md",  "sandbox/base/README.md", "harnesses/README.md",
        "judge/README.md", "problems/README.md", "tests/README.md",        "scripts/README.md"};
    CHECK(joined(missing_readmes(all)) == "");
    std::set<std::string> less = all;
    less.erase("README.md");
    less.insert("harnesses/time/clock.hpp");
    less.insert("harnesses/notes/thoughts.md");
    CHECK(joined(missing_readmes(less)) ==
          "\nREADME.md is missing\nharnesses/time/README.md is missing");
  }

  TEST_CASE("the tree is found, and the build's own files are left out of it") {
    std::set<std::string> paths;
    for (const TreeFile& file : read_tree()) paths.insert(file.path);
    CHECK(paths.contains("tests/tidy_test.cpp"));
    CHECK(paths.contains("sandbox/base/result.hpp"));
    CHECK(paths.lower_bound("build/") == paths.lower_bound("build0"));
  }

  TEST_CASE("the tree: rooms include only along the arrows") {
    CHECK(complaints_about_tree(include_against_arrows) == "");
    CHECK(complaints_about_tree(outside_rooms) == "");
  }
  TEST_CASE("the tree: headers guard themselves and open no namespace") {
    CHECK(complaints_about_tree(unguarded_header) == "");
    CHECK(complaints_about_tree(namespace_opened_for_all) == "");
  }
  TEST_CASE("the tree: the sandbox keeps to its own words") {
    CHECK(complaints_about_tree(word_of_another_room) == "");
  }
  TEST_CASE("the tree: source lines fit 100 columns") {
    CHECK(complaints_about_tree(long_line) == "");
  }
  TEST_CASE("the tree: no file names a developer's machine") {
    CHECK(complaints_about_tree(path_of_one_machine) == "");
  }
  TEST_CASE("the tree: packages come from the public registry") {
    CHECK(complaints_about_tree(foreign_registry) == "");
  }
  TEST_CASE("the tree: no file is above one mebibyte") {
    Complaints complaints;
    for (const TreeFile& file : read_tree()) {
      for (std::string& complaint : too_large(file.path, file.size))
        complaints.push_back(complaint);
    }
    CHECK(joined(complaints) == "");
  }
  TEST_CASE("the tree: every room has its README") {
    std::set<std::string> paths;
    for (const TreeFile& file : read_tree()) paths.insert(file.path);
    CHECK(joined(missing_readmes(paths)) == "");
  }
}
