#include "sandbox/filter/parse_policy.hpp"

#include <sys/syscall.h>

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "sandbox/filter/constants.hpp"
#include "sandbox/filter/policy_files.hpp"

using namespace sandbox;

namespace {

std::vector<Rule> parse(std::string_view content) {
  const std::vector<base::EmbeddedText> files = {{"c.policy", content}};
  auto rules = parse_policy("c", files);
  REQUIRE_MESSAGE(rules.has_value(), rules.error().message());
  return *rules;
}

std::string complaint(std::string_view content, std::string_view included = "allow read\n") {
  const std::vector<base::EmbeddedText> files = {{"c.policy", content},
                                                 {"common.policy", included}};
  const auto rules = parse_policy("c", files);
  if (rules) return "";
  CHECK(rules.error().kind() == base::Error::Kind::invalid_input);
  return rules.error().message();
}

}  // namespace

TEST_SUITE("sandbox/filter/parse_policy") {
  TEST_CASE("a verb names calls, also on the indented lines below it") {
    const std::vector<Rule> rules = parse(
        "# why\n"
        "allow read write  # both\n"
        "refuse\n"
        "  # about the next one\n"
        "\n"
        "  ptrace\n"
        "\tkcmp\r\n"
        "missing clone3\n"
        "forbidden mount");
    REQUIRE(rules.size() == 6);
    CHECK(rules[0].name == "read");
    CHECK(rules[0].number == SYS_read);
    CHECK(rules[1].answer == Answer::allow);
    CHECK(rules[2].name == "ptrace");
    CHECK(rules[3].answer == Answer::refuse);
    CHECK(rules[4].answer == Answer::missing);
    CHECK(rules[5].answer == Answer::forbidden);
    CHECK_FALSE(rules[5].condition.has_value());
  }

  TEST_CASE("a condition names values, or numbers, and what holds otherwise") {
    const std::vector<Rule> rules = parse(
        "refuse ioctl if arg1 is TIOCSTI 0x541c\n  else allow\n"
        "forbidden clone if arg0 has 1 else missing\n");
    REQUIRE(rules.size() == 2);
    REQUIRE(rules[0].condition.has_value());
    CHECK(rules[0].answer == Answer::refuse);
    CHECK(rules[0].condition->argument == 1);
    CHECK(rules[0].condition->kind == Condition::Kind::is);
    CHECK(rules[0].condition->values == std::vector<std::uint32_t>{0x5412, 0x541c});
    CHECK(rules[0].condition->otherwise == Answer::allow);
    REQUIRE(rules[1].condition.has_value());
    CHECK(rules[1].condition->kind == Condition::Kind::has);
    CHECK(rules[1].condition->otherwise == Answer::missing);
  }

  TEST_CASE("what a file includes counts as if it stood there") {
    const std::vector<base::EmbeddedText> files = {
        {"c.policy", "include common\nallow write\n"},
        {"common.policy", "allow read\n"},
        {"other.policy", "allow raed\n"},
    };
    const auto rules = parse_policy("c", files);
    REQUIRE(rules.has_value());
    REQUIRE(rules->size() == 2);
    CHECK(rules->at(0).name == "read");
  }

  TEST_CASE("a call of another processor is known, and has no number here") {
    const std::vector<Rule> rules = parse("allow waitpid\n");  // i386
    REQUIRE(rules.size() == 1);
    CHECK(rules[0].number < 0);
  }

  TEST_CASE("mistakes are found, with file and line") {
    struct Row {
      const char* content;
      const char* message;
    };
    for (const Row& row : {
             Row{"\n\nallow read opne\n",
                 "c.policy:3: 'opne': no system call of this name; did you mean 'open'?"},
             Row{"allow\n  read\n  qqqqqqq\n",
                 "c.policy:3: 'qqqqqqq': no system call of this name"},
             Row{"alow read\n",
                 "c.policy:1: 'alow': no verb; write allow, refuse, missing, forbidden or include"},
             Row{"  read\n",
                 "c.policy:1: 'read': an indented line continues a statement, and there is none"},
             Row{"allow\n", "c.policy:1: 'allow': names no system call"},
             Row{"allow read\nrefuse\n write\n read\n",
                 "c.policy:4: 'read': named already at c.policy:1"},
             Row{"allow write\ninclude common\nallow read\n",
                 "c.policy:3: 'read': named already at common.policy:1"},
             Row{"include comon\n",
                 "c.policy:1: 'comon': no policy file of this name; did you mean 'common'?"},
             Row{"include common\ninclude common\n", "c.policy:2: 'common': included twice"},
             Row{"include c\n", "c.policy:1: 'c': included twice"},
             Row{"include\n", "c.policy:1: 'include': needs one name, without its .policy"},
             Row{"include a b\n", "c.policy:1: 'include': needs one name, without its .policy"},
             Row{"allow clone if\n",
                 "c.policy:1: 'if': write: VERB CALL if argN is|has VALUE... else VERB"},
             Row{"allow socket if arg0 is AF_UNIX\n",
                 "c.policy:1: 'if': write: VERB CALL if argN is|has VALUE... else VERB"},
             Row{"allow socket if arg0 is AF_UNIX refuse 1\n",
                 "c.policy:1: 'refuse': a condition ends with: else VERB"},
             Row{"allow socket if arg6 is AF_UNIX else refuse\n",
                 "c.policy:1: 'arg6': no argument; write arg0 to arg5"},
             Row{"allow socket if arg0 equals AF_UNIX else refuse\n",
                 "c.policy:1: 'equals': no comparison; write is or has"},
             Row{"allow socket if arg0 is\n AF_UNIXX else refuse\n",
                 "c.policy:2: 'AF_UNIXX': no number below 2^32, and no name in "
                 "filter/constants.cpp; did you mean 'AF_UNIX'?"},
             Row{"allow socket if arg0 is 4294967296 else refuse\n",
                 "c.policy:1: '4294967296': no number below 2^32, and no name in "
                 "filter/constants.cpp"},
             Row{"allow socket if arg0 is 0x else refuse\n",
                 "c.policy:1: '0x': no number below 2^32, and no name in filter/constants.cpp"},
             Row{"allow socket if arg0 is 1 else deny\n",
                 "c.policy:1: 'deny': no verb; write allow, refuse, missing, forbidden or include"},
             Row{"allow socket if arg0 is 1 else allow\n",
                 "c.policy:1: 'socket': the same answer with the condition and without"},
             Row{"allow socket bind if arg0 is 1 else refuse\n",
                 "c.policy:1: 'if': no system call of this name"},
             Row{"allow r\x1b[2Jd\n", "c.policy:1: 'r\\x1B[2Jd': no system call of this name"},
         }) {
      CAPTURE(row.content);
      CHECK(complaint(row.content) == row.message);
    }
  }

  TEST_CASE("a mistake in an included file is named by that file") {
    CHECK(complaint("\n\ninclude common\n", "\nallow raed\n") ==
          "common.policy:2: 'raed': no system call of this name; did you mean 'read'?");
  }

  TEST_CASE("files that include each other are found out") {
    CHECK(complaint("include common\n", "include c\n") == "common.policy:1: 'c': included twice");
  }

  TEST_CASE("a profile without a file is an error") {
    CHECK(parse_policy("x", {}).error().message() == "'x': no policy file of this name");
  }

  TEST_CASE("the policies of all profiles are read, and no file is left over") {
    std::string all;
    for (const base::EmbeddedText& file : policy_files()) all.append(file.content);
    for (const base::EmbeddedText& file : policy_files()) {
      const std::string name{file.name.substr(0, file.name.find('.'))};
      CAPTURE(name);
      const auto rules = parse_policy(name, policy_files());
      CHECK_MESSAGE(rules.has_value(), rules.error().message());
      CHECK((parse_profile(name).has_value() ||
             all.find("include " + name + "\n") != std::string::npos));
    }
    for (const Profile profile : kProfiles) {
      CAPTURE(name_of(profile));
      const auto rules = policy_for(profile);
      REQUIRE_MESSAGE(rules.has_value(), rules.error().message());
      CHECK(rules->size() > 200);
    }
  }

  TEST_CASE("every constant is used by a policy") {
    std::string all;
    for (const base::EmbeddedText& file : policy_files()) all.append(file.content);
    for (const std::string& name : names_of_constants()) {
      CAPTURE(name);
      CHECK(all.find(name) != std::string::npos);
    }
  }
}
