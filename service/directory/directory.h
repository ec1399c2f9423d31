#pragma once
// A directory server as the rest of this folder sees it: pages of entries, and changes. No libldap
// here, so that a fake can do what neither OpenLDAP nor Samba does (tests/support).

#include <span>
#include <string>
#include <vector>

#include "service/directory/answer.h"

namespace assent::directory {

struct Attribute {
  std::string name;
  std::vector<std::string> values;  // bytes, such as those of an objectGUID
  friend bool operator==(const Attribute&, const Attribute&) = default;
};

struct Entry {
  std::string dn;
  std::vector<Attribute> attributes;

  // By name, capitals aside; nothing when the entry has none, or hides it.
  std::span<const std::string> values(std::string_view name) const;
  // The first of them, or "".
  const std::string& first(std::string_view name) const;
};

enum class Scope : std::uint8_t { Base, Subtree };

struct Search {
  std::string base;
  Scope scope = Scope::Subtree;
  std::string filter = "(objectClass=*)";
  std::vector<std::string> attributes;
  // Every name comes with its entry's id in front (extended_name.h). Active Directory alone.
  bool extended_names = false;
  friend bool operator==(const Search&, const Search&) = default;
};

struct Page {
  std::vector<Entry> entries;
  std::string cookie;  // asks for the next; empty: this was the last
};

struct Modification {
  enum class Kind : std::uint8_t { Add, Delete, Replace };
  Kind kind;
  Attribute attribute;
};

// One thread at a time. Every call ends by its deadline. After Unavailable the state of the
// connection is unknown: open another one.
class Directory {
 public:
  virtual ~Directory() = default;
  // Whole, or an error: a page that the server cut short is Unavailable. References to other
  // servers are left out.
  virtual Result<Page> page(const Search& search, const std::string& cookie) = 0;
  // All of it or nothing. With kTimedOut or kServerDown it may have happened.
  virtual Answer modify(const std::string& dn, std::span<const Modification> changes) = 0;
  virtual Answer add(const std::string& dn, std::span<const Attribute> attributes) = 0;
  virtual Answer remove(const std::string& dn) = 0;
  // In the server's own way (RFC 3062), which hashes it. Active Directory has no such call.
  virtual Answer set_password(const std::string& dn, const std::string& password) = 0;
};

}  // namespace assent::directory
