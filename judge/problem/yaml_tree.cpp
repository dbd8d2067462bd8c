#include "judge/problem/yaml_tree.hpp"

#include <algorithm>
#include <map>
#include <sstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include "judge/problem/utf8.hpp"
#include "sandbox/base/escape.hpp"

namespace judge {
namespace {

constexpr std::size_t kMostDepth = 32;
constexpr std::size_t kLongestKey = 100;
constexpr std::size_t kMostNodes = 200'000;  // aliases written out included

struct GiveUp {};  // thrown through yaml-cpp once going on makes no sense; never leaves this file

// The text by lines, to turn yaml-cpp's marks into ours.
class Lines {
 public:
  explicit Lines(std::string_view text) {
    std::size_t start = 0;
    while (start <= text.size()) {
      const std::size_t end = std::min(text.find('\n', start), text.size());
      lines_.push_back(text.substr(start, end - start));
      start = end + 1;
    }
  }

  // yaml-cpp counts from 0, and columns in bytes.
  [[nodiscard]] Mark mark(const YAML::Mark& from) const {
    const int line = std::max(from.line, 0);
    const auto bytes = static_cast<std::size_t>(std::max(from.column, 0));
    const std::size_t before =
        count_characters(at(line).substr(0, std::min(bytes, at(line).size())));
    return {line + 1, static_cast<int>(before) + 1};
  }

  // Where the text of a quoted or block scalar begins.
  [[nodiscard]] Mark content(Mark where, const YAML::Mark& from) const {
    const std::string_view line = at(from.line);
    const auto column = static_cast<std::size_t>(std::max(from.column, 0));
    const char indicator = column < line.size() ? line[column] : ' ';
    if (indicator == '"' || indicator == '\'') return {where.line, where.column + 1};
    if (indicator != '|' && indicator != '>') return where;
    for (int next = from.line + 1; next < static_cast<int>(lines_.size()); ++next) {
      const std::size_t text = at(next).find_first_not_of(" \t\r");
      if (text != std::string_view::npos) return {next + 1, static_cast<int>(text) + 1};
    }
    return where;
  }

  // YAML takes spaces only, but yaml-cpp does not always say so.
  [[nodiscard]] bool is_indented_by_tab(const YAML::Mark& from) const {
    const std::string_view line = at(from.line);
    const std::size_t indentation = std::min(line.find_first_not_of(" \t"), line.size());
    return line.substr(0, indentation).find('\t') != std::string_view::npos;
  }

 private:
  [[nodiscard]] std::string_view at(int line) const {
    const auto i = static_cast<std::size_t>(std::max(line, 0));
    return i < lines_.size() ? lines_[i] : std::string_view{};
  }

  std::vector<std::string_view> lines_;
};

class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const Lines& lines, Diagnostics& out) : lines_{lines}, out_{out} {}

  [[nodiscard]] std::unique_ptr<Node> take_root() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnSequenceEnd() override { open_.pop_back(); }
  void OnMapEnd() override { open_.pop_back(); }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (is_key_next()) {
      refuse_and_stop(mark, "an empty key; write a name before the ':'");
    }
    // An empty value is reported by yaml-cpp where the next token stands; its key is what people
    // look for.
    Node& node = append(mark);
    if (!node.key.empty()) node.where = node.content = node.key_where;
    if (anchor != YAML::NullAnchor) anchors_[anchor] = &node;
  }

  // The named value once more, with its own positions; the bound on nodes bounds what a chain of
  // aliases can unfold.
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (is_key_next()) refuse_and_stop(mark, "an alias as a key; write the name out");
    const Node* named = anchors_.contains(anchor) ? anchors_.at(anchor) : nullptr;
    const auto is_named = [&](const Open& open) { return open.node == named; };
    if (named == nullptr || std::ranges::any_of(open_, is_named)) {
      refuse_and_stop(mark, "an alias inside the very value that it names; write the value out");
    }
    alias_ = mark;
    copy(*named, append(mark), open_.size());
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_tag(mark, tag);
    if (is_key_next()) {
      take_key(mark, value);
      return;
    }
    Node& node = append(mark);
    if (anchor != YAML::NullAnchor) anchors_[anchor] = &node;
    node.kind = Node::Kind::scalar;
    node.quoted = tag == "!";
    if (node.quoted) node.content = lines_.content(node.where, mark);
    node.text = value;
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    start_collection(mark, tag, anchor, Node::Kind::list);
  }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    start_collection(mark, tag, anchor, Node::Kind::map);
  }

 private:
  // A map that is being read waits for a key, then for that key's value.
  struct Open {
    Node* node;
    bool has_key = false;
    std::string key;
    Mark key_where;
  };

  [[nodiscard]] bool is_key_next() const {
    return !open_.empty() && open_.back().node->kind == Node::Kind::map && !open_.back().has_key;
  }

  void start_collection(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                        Node::Kind kind) {
    refuse_tag(mark, tag);
    if (is_key_next()) refuse_and_stop(mark, "a key that is a collection; write a plain name");
    check_depth(mark, open_.size());
    Node& node = append(mark);
    if (anchor != YAML::NullAnchor) anchors_[anchor] = &node;
    node.kind = kind;
    open_.push_back(Open{&node, false, "", {}});
  }

  void take_key(const YAML::Mark& mark, const std::string& key) {
    Open& map = open_.back();
    if (key.empty()) refuse_and_stop(mark, "an empty key; write a name before the ':'");
    if (key.size() > kLongestKey) {
      refuse_and_stop(mark, "a key of more than " + std::to_string(kLongestKey) +
                                " bytes; write a shorter one");
    }
    map.has_key = true;
    map.key = key;
    map.key_where = lines_.mark(mark);
  }

  void check_depth(const YAML::Mark& mark, std::size_t depth) {
    if (depth < kMostDepth) return;
    refuse_and_stop(
        mark, "more than " + std::to_string(kMostDepth) + " levels of nesting; write it flatter");
  }

  void count_node(const YAML::Mark& mark) {
    if (++nodes_ <= kMostNodes) return;
    refuse_and_stop(mark, "more than " + std::to_string(kMostNodes) +
                              " values, aliases written out; write fewer");
  }

  // `depth`: how many collections are around `to`; bounded by kMostDepth.
  void copy(const Node& from, Node& to, std::size_t depth) {
    if (!from.children.empty()) check_depth(alias_, depth);
    to.kind = from.kind;
    to.where = from.where;
    to.content = from.content;
    to.text = from.text;
    to.quoted = from.quoted;
    for (const auto& child : from.children) {
      count_node(alias_);
      auto copied = std::make_unique<Node>();
      copied->parent = &to;
      copied->key = child->key;
      copied->key_where = child->key_where;
      copied->index = child->index;
      copy(*child, *copied, depth + 1);
      to.children.push_back(std::move(copied));
    }
  }

  Node& append(const YAML::Mark& mark) {
    count_node(mark);
    auto owned = std::make_unique<Node>();
    Node& node = *owned;
    node.where = node.content = lines_.mark(mark);
    if (open_.empty()) {
      root_ = std::move(owned);
      return node;
    }
    Open& parent = open_.back();
    node.parent = parent.node;
    auto& siblings = parent.node->children;
    if (parent.node->kind == Node::Kind::list) {
      node.index = siblings.size();
      siblings.push_back(std::move(owned));
      return node;
    }
    node.key = std::move(parent.key);
    node.key_where = parent.key_where;
    parent.has_key = false;
    keep_unless_duplicate(*parent.node, std::move(owned));
    return node;
  }

  void keep_unless_duplicate(Node& map, std::unique_ptr<Node> field) {
    const auto [first, is_new] = keys_[&map].try_emplace(field->key, field->key_where);
    if (is_new) {
      map.children.push_back(std::move(field));
      return;
    }
    out_.add_at_key(*field, "stands twice, first in line " + std::to_string(first->second.line) +
                                "; write it once");
    dropped_.push_back(std::move(field));
  }

  void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    if (!tag.empty() && tag != "?" && tag != "!") {
      refuse_and_stop(mark,
                      "a tag (" + base::quoted(tag) +
                          "), which is not read here; write the plain value, quoted for a string");
    }
  }

  [[noreturn]] void refuse_and_stop(const YAML::Mark& mark, const std::string& text) {
    out_.add(lines_.mark(mark), open_.empty() ? "" : open_.back().node->path(), text);
    throw GiveUp{};
  }

  const Lines& lines_;
  Diagnostics& out_;
  std::unique_ptr<Node> root_;
  std::vector<Open> open_;
  std::map<const Node*, std::map<std::string, Mark>> keys_;
  std::map<YAML::anchor_t, const Node*> anchors_;
  YAML::Mark alias_;  // the alias being written out
  std::size_t nodes_ = 0;
  std::vector<std::unique_ptr<Node>>
      dropped_;  // second values of duplicate keys, kept alive while being filled
};

// Refuses what is no text: then every byte that is left means to yaml-cpp what it means to the
// author.
bool is_clean_text(std::string_view text, const Lines& lines, Diagnostics& out) {
  const auto mark_at = [&](std::size_t offset) {
    const std::string_view before = text.substr(0, offset);
    YAML::Mark mark;
    mark.line = static_cast<int>(std::ranges::count(before, '\n'));
    const std::size_t line_start = before.rfind('\n');
    mark.column =
        static_cast<int>(line_start == std::string_view::npos ? offset : offset - line_start - 1);
    return lines.mark(mark);
  };
  if (const auto bad = find_ill_formed_utf8(text)) {
    out.add(
        mark_at(*bad), "",
        "the byte " + base::escape(text.substr(*bad, 1)) + " is not UTF-8; save the file as UTF-8");
    return false;
  }
  const auto is_control = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\t' && c != '\r') || byte == 0x7F;
  };
  const auto found = std::ranges::find_if(text, is_control);
  if (found == text.end()) return true;
  out.add(mark_at(static_cast<std::size_t>(found - text.begin())), "",
          "the control character " + base::escape(std::string_view{&*found, 1}) +
              "; write it as an escape in a double-quoted string");
  return false;
}

}  // namespace

std::unique_ptr<Node> parse_yaml(std::string_view text, Diagnostics& out) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const Lines lines{text};
  if (!is_clean_text(text, lines, out)) return nullptr;
  TreeBuilder builder{lines, out};
  try {
    std::istringstream stream{std::string{text}};
    YAML::Parser parser{stream};
    if (parser) (void)parser.HandleNextDocument(builder);
    std::unique_ptr<Node> root = builder.take_root();
    if (root == nullptr || root->kind == Node::Kind::null) {
      out.add_whole_file("is empty; write a problem into it, problems/README.md says how");
      return nullptr;
    }
    if (root->kind != Node::Kind::map) {
      out.add(*root, "found " + root->described() + "; write `key: value` lines");
      return nullptr;
    }
    if (parser) {
      TreeBuilder further{lines, out};
      if (parser.HandleNextDocument(further)) {
        out.add_whole_file("holds more than one document; leave out the second '---'");
      }
    }
    return root;
  } catch (const GiveUp&) {
    return nullptr;
  } catch (const YAML::Exception& error) {
    const std::string advice = lines.is_indented_by_tab(error.mark)
                                   ? "indent with spaces, not with a tab"
                                   : "quote text that holds any of : # { } [ ] , & * ? | > @ `";
    out.add(lines.mark(error.mark), "", "not YAML: " + base::escape(error.msg) + "; " + advice);
    return nullptr;
  }
}

}  // namespace judge
