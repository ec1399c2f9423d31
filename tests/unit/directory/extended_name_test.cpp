#include "service/directory/extended_name.h"

#include <gtest/gtest.h>

namespace assent::directory {
namespace {

const std::string kId = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";

TEST(ExtendedName, GivesTheIdAndTheNameBehindIt) {
  const ExtendedName ann{kId, "CN=ann,DC=x"};
  EXPECT_EQ(parse_extended("<GUID=" + kId + ">;<SID=S-1-5-21-1>;CN=ann,DC=x").value(), ann);
  EXPECT_EQ(parse_extended("<GUID=" + kId + ">;CN=ann,DC=x").value(), ann);
  EXPECT_EQ(parse_extended("<GUID=F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6>;CN=ann,DC=x").value(), ann);
}

TEST(ExtendedName, LeavesANameAsItStands) {
  const std::string odd = "CN=a\\>\\;b,DC=x";
  EXPECT_EQ(parse_extended("<GUID=" + kId + ">;" + odd).value().dn, odd);
}

TEST(ExtendedName, WithoutAWholeIdThereIsNone) {
  for (const std::string& text :
       {std::string(), std::string("CN=ann,DC=x"), "<GUID=" + kId, "<GUID=" + kId + ">",
        std::string("<GUID=1>;CN=x"), "<SID=S-1-5>;<GUID=" + kId + ">;CN=x",
        "<GUID=" + kId + ">;<SID=S-1-5"})
    EXPECT_EQ(parse_extended(text).error().code, Code::Invalid) << text;
}

TEST(ExtendedName, OnlyAnIdBecomesAName) {
  EXPECT_EQ(name_by_id(kId).value(), "<GUID=" + kId + ">");
  for (const std::string& id : {std::string(), std::string("*"), kId + ">", "<" + kId})
    EXPECT_FALSE(name_by_id(id)) << id;
}

}  // namespace
}  // namespace assent::directory
