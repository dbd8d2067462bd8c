#include "harnesses/protocol/frame.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace std::string_literals;
using harness::Frame;
using harness::FrameReader;
using harness::FrameType;

TEST_SUITE("harnesses/protocol/frame") {
  TEST_CASE("a frame counts everything behind its length") {
    CHECK(harness::encode_frame({FrameType::rest, 7, "ab"}) == "\x07\0\0\0\x4a\x07\0\0\0ab"s);
  }

  TEST_CASE("frames come out whole, however the bytes arrive") {
    const std::string bytes =
        harness::encode_frame({FrameType::started, 1, "one"}) +
        harness::encode_frame({FrameType::rest, 1, ""}) +
        harness::encode_frame({FrameType::rest, 2, std::string(100'000, 'x')});
    for (const std::size_t step :
         {std::size_t{1}, std::size_t{3}, std::size_t{4096}, bytes.size()}) {
      FrameReader reader;
      std::vector<Frame> frames;
      for (std::size_t at = 0; at < bytes.size(); at += step) {
        reader.feed(std::string_view{bytes}.substr(at, step));
        for (;;) {
          auto next = reader.next();
          REQUIRE(next);
          if (!*next) break;
          frames.push_back(std::move(**next));
        }
      }
      CAPTURE(step);
      REQUIRE(frames.size() == 3);
      CHECK(frames[0].type == FrameType::started);
      CHECK(frames[0].payload == "one");
      CHECK(frames[1].sequence == 1);
      CHECK(frames[2].sequence == 2);
      CHECK(frames[2].payload.size() == 100'000);
      CHECK(reader.pending() == 0);
    }
  }

  TEST_CASE("violations are refused as soon as they can be seen, and nothing is read behind them") {
    struct Row {
      std::string bytes;
      const char* error;
    };
    for (const Row& row : {
             Row{"\x04\0\0\0"s, "a frame of 4 bytes; at least 5 are needed"},
             Row{"\x01\0\x80\0"s, "a frame of 8388609 bytes; at most 8388608 are allowed"},
             Row{"\xff\xff\xff\xff"s, "a frame of 4294967295 bytes; at most 8388608 are allowed"},
             Row{"\x05\0\0\0\x51"s, "a frame of the unknown type 81"},
             Row{"\x05\0\0\0\x02"s, "a frame of the unknown type 2"},
             Row{"GET / HTTP/1.1\r\n"s, "a frame of 542393671 bytes; at most 8388608 are allowed"},
         }) {
      FrameReader reader;
      reader.feed(row.bytes);
      const auto first = reader.next();
      CAPTURE(row.error);
      REQUIRE_FALSE(first);
      CHECK(first.error().message() == row.error);
      reader.feed(harness::encode_frame({FrameType::rest, 1, ""}));
      const auto second = reader.next();
      REQUIRE_FALSE(second);
      CHECK(second.error().message() ==
            "the stream went wrong before; nothing behind that can be read");
    }
  }

  TEST_CASE("a frame that is cut off shows as pending bytes") {
    FrameReader reader;
    reader.feed("\x07\0\0\0\x4a"s);
    const auto next = reader.next();
    REQUIRE(next);
    CHECK_FALSE(next->has_value());
    CHECK(reader.pending() == 5);
  }

  TEST_CASE("a reader of requests takes requests only") {
    FrameReader reader{FrameReader::Direction::requests};
    reader.feed(harness::encode_frame({FrameType::call, 1, "x"}) +
                harness::encode_frame({FrameType::rest, 1, ""}));
    CHECK(reader.next().value()->type == FrameType::call);
    CHECK(reader.next().error().message() == "a frame of the unknown type 74");
  }

  TEST_CASE("types know their names and their place") {
    CHECK(harness::to_string(FrameType::load_failed) == "LOAD_FAILED");
    CHECK(harness::to_string(FrameType::script) == "SCRIPT");
    CHECK(harness::to_string(FrameType::events) == "EVENTS");
    CHECK(harness::is_answer(FrameType::started));
    CHECK(harness::is_answer(FrameType::events));
    CHECK_FALSE(harness::is_answer(FrameType::script));
    CHECK_FALSE(harness::is_closing(FrameType::events));
    CHECK_FALSE(harness::is_answer(FrameType::inspect));
    CHECK(harness::is_closing(FrameType::refused));
    CHECK_FALSE(harness::is_closing(FrameType::observed));
  }
}
