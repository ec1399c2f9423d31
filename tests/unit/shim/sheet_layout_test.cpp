#include "winlogon-shim/domain/sheet_layout.h"

#include <gtest/gtest.h>

namespace assent::windows {
namespace {

using gate::Word;

int one_line(int) {
  return 0;
}

Sheet question(std::size_t choices) {
  Sheet sheet;
  sheet.heading = "Oakfield Primary School";
  sheet.confirm = "I have read this.";
  sheet.problem = "Code: 1";
  for (std::size_t i = 0; i < choices; ++i) sheet.choices.push_back({Word::Help, "Help", false});
  return sheet;
}

std::vector<Box> all_of(const SheetBoxes& boxes) {
  std::vector<Box> all{boxes.heading, boxes.text,    boxes.hint,
                       boxes.confirm, boxes.problem, boxes.leave};
  all.insert(all.end(), boxes.choices.begin(), boxes.choices.end());
  std::erase(all, Box{});
  return all;
}

bool overlap(const Box& a, const Box& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

void expect_places(const SheetBoxes& boxes, int width, int height) {
  const auto all = all_of(boxes);
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_TRUE(all[i].x >= 0 && all[i].y >= 0 && all[i].width > 0 && all[i].height > 0);
    EXPECT_TRUE(all[i].x + all[i].width <= width && all[i].y + all[i].height <= height);
    for (std::size_t j = i + 1; j < all.size(); ++j) EXPECT_FALSE(overlap(all[i], all[j]));
  }
}

TEST(SheetLayout, GivesEverythingAPlaceOfItsOwnAtEveryScale) {
  for (const int dpi : {96, 120, 144, 192})
    for (const auto& [width, height] : {std::pair(760, 840), {1366, 728}, {1280, 860}})
      for (std::size_t choices = 2; choices <= 5; ++choices) {
        const Sheet sheet = question(choices);
        expect_places(lay_out(sheet, width * dpi / 96 / 2 + width / 2, height, dpi, one_line),
                      2 * width, height);
      }
}

TEST(SheetLayout, LeavesAThirdForReadingAtTwiceTheSizeOnASmallScreen) {
  const auto boxes = lay_out(question(5), 1280, 860, 192, one_line);
  EXPECT_GT(boxes.text.height * 3, 860);
}

TEST(SheetLayout, GivesTheMainChoiceARowAndTheOthersHalfOfOne) {
  const auto boxes = lay_out(question(4), 760, 840, 96, one_line);
  ASSERT_EQ(boxes.choices.size(), 4u);
  EXPECT_EQ(boxes.choices[0].width, boxes.text.width);
  EXPECT_LT(boxes.choices[0].y, boxes.choices[1].y);
  EXPECT_EQ(boxes.choices[1].y, boxes.choices[2].y);
  EXPECT_LT(boxes.choices[1].x, boxes.choices[2].x);
  EXPECT_EQ(boxes.choices[3].width, boxes.text.width) << "one alone has the whole row";
}

TEST(SheetLayout, HasRoomForTwoLinesOnAButtonAtTwiceTheSize) {
  constexpr int kLine = 37;  // pixels, of 10 points at 192 dots an inch
  Sheet add_on = question(3);
  add_on.confirm = "";
  for (const Sheet& sheet : {question(5), add_on})
    for (const Box& box : lay_out(sheet, 1280, 860, 192, one_line).choices)
      EXPECT_GT(box.height, 2 * kLine);
}

TEST(SheetLayout, TakesTheRoomForALongHeadingFromTheText) {
  const auto two_lines = [](int width) { return width < 1000 ? 80 : 0; };
  const auto longer = lay_out(question(5), 760, 840, 96, two_lines);
  const auto usual = lay_out(question(5), 760, 840, 96, one_line);
  EXPECT_EQ(longer.heading.height, 80);
  EXPECT_EQ(longer.text.y, usual.text.y + 80 - usual.heading.height);
  EXPECT_EQ(longer.text.height, usual.text.height - 80 + usual.heading.height);
  expect_places(longer, 760, 840);
}

TEST(SheetLayout, OffersNoWayOutOfANotice) {
  const auto boxes = lay_out(notice("Talk to Mrs Khan.", "Carry on", "en"), 760, 300, 96, one_line);
  EXPECT_EQ(boxes.leave, Box{});
  EXPECT_EQ(boxes.problem, Box{});
  EXPECT_EQ(boxes.confirm, Box{});
  expect_places(boxes, 760, 300);
}

}  // namespace
}  // namespace assent::windows
