#include "service/directory/grants.h"

#include "service/directory/dn.h"
#include "service/directory/reading.h"

namespace assent::directory {
namespace {

bool is_ad(const Grantee& grantee) {
  return grantee.kind == DirectoryKind::ActiveDirectory;
}

// As slapd reads a quoted word of its configuration.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

// As PowerShell takes a text in which nothing is replaced.
std::string single_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += '\'';
    out += c;
  }
  return out + "'";
}

// "school.example" of "cn=x,dc=school,dc=example".
std::string domain_of(const std::string& normal_dn) {
  std::string out;
  for (std::string rest = normal_dn; !rest.empty(); rest = parent_of(rest))
    if (rest.starts_with("dc="))
      out += (out.empty() ? "" : ".") + rest.substr(3, rest.find(',') - 3);
  return out;
}

// Access rules of slapd in both of their forms. They come before the others, because the first rule
// for an entry counts; `by * break` goes on to those others for everybody else.
Lines access_lines(const Grantee& grantee, const Lines& rules) {
  Lines out{"# in slapd.conf, before the other \"access\" lines of this database:"};
  for (const std::string& rule : rules) out.push_back("access " + rule);
  out.push_back("# or in cn=config, with ldapmodify -Y EXTERNAL -H ldapi:///");
  out.push_back(
      "# the database is that of: ldapsearch -Y EXTERNAL -H ldapi:/// -LLL -b cn=config "
      "'(olcSuffix=" +
      grantee.suffix + ")' 1.1");
  out.insert(out.end(),
             {"dn: olcDatabase={1}mdb,cn=config", "changetype: modify", "add: olcAccess"});
  for (std::size_t i = 0; i < rules.size(); ++i)
    out.push_back("olcAccess: {" + std::to_string(i) + "}" + rules[i]);
  return out;
}

Result<std::string> suffix_of(Directory& directory, const std::string& dn) {
  ASSENT_TRY(const Entry root, read_entry(directory, "", {"namingContexts"}));
  ASSENT_TRY(const std::string normal, normal_dn(dn));
  for (const std::string& suffix : root.values("namingContexts"))
    if (const auto above = normal_dn(suffix); above && is_within(normal, *above)) return suffix;
  return dn;
}

}  // namespace

std::string parent_of(const std::string& dn) {
  std::size_t comma = dn.find(',');
  while (comma != dn.npos) {
    std::size_t escapes = 0;
    while (escapes < comma && dn[comma - escapes - 1] == '\\') ++escapes;
    if (escapes % 2 == 0) return dn.substr(comma + 1);
    comma = dn.find(',', comma + 1);
  }
  return "";
}

Result<Grantee> grantee_of(Directory& directory, const DirectorySettings& settings) {
  const std::string& own = settings.server.bind_dn;
  Grantee out{settings.kind, own, "", settings.placeholder.empty() ? own : settings.placeholder};
  if (!is_ad(out)) {
    ASSENT_TRY(out.suffix, suffix_of(directory, settings.group_base));
    return out;
  }
  if (out.account.find('=') == out.account.npos) return out;
  ASSENT_TRY(const Entry account, read_entry(directory, out.account, {"sAMAccountName"}));
  ASSENT_TRY(const std::string normal, normal_dn(out.account));
  out.account = account.first("sAMAccountName") + "@" + domain_of(normal);
  return out;
}

Lines grant_members(const Grantee& grantee, const std::string& group) {
  if (is_ad(grantee))
    return {"dsacls \"" + group + "\" /G \"" + grantee.account + ":RPWP;member\""};
  return access_lines(grantee, {"to dn.exact=" + quoted(group) + " attrs=member by dn.exact=" +
                                quoted(grantee.account) + " write by * break"});
}

Lines make_group(const Grantee& grantee, const std::string& name, const std::string& unit) {
  if (is_ad(grantee))
    return {"New-ADGroup -Name " + single_quoted(name) +
            " -GroupScope Global -GroupCategory Security -Path " + single_quoted(unit)};
  return {"# with ldapadd:", "dn: " + rdn("cn", name) + "," + unit, "objectClass: groupOfNames",
          "cn: " + name, "member: " + grantee.dummy};
}

Lines add_dummy(const Grantee& grantee, const std::string& group) {
  return {"# with ldapmodify:", "dn: " + group, "changetype: modify", "add: member",
          "member: " + grantee.dummy};
}

}  // namespace assent::directory
