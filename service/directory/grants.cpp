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

Result<Grantee> grantee_of(Directory& directory, const DirectorySettings& settings) {
  const std::string& own = settings.server.bind_dn;
  Grantee out{settings.kind, own, "", settings.placeholder.empty() ? own : settings.placeholder};
  if (!is_ad(out)) {
    ASSENT_TRY(out.suffix, suffix_of(directory, settings.group_base));
    return out;
  }
  if (out.account.find('=') == out.account.npos) return out;
  ASSENT_TRY(const Entry account, read_entry(directory, out.account, {"sAMAccountName"}));
  out.account = account.first("sAMAccountName") + "@" + dns_name_of(out.account);
  return out;
}

Lines grant_members(const Grantee& grantee, const std::string& group) {
  if (is_ad(grantee))
    return {"dsacls \"" + group + "\" /G \"" + grantee.account + ":RPWP;member\""};
  return access_lines(grantee, {"to dn.exact=" + quoted(group) + " attrs=member by dn.exact=" +
                                quoted(grantee.account) + " write by * break"});
}

Lines grant_accounts(const Grantee& grantee, const std::string& unit) {
  const std::string at = "dsacls \"" + unit + "\" ", to = " /G \"" + grantee.account + ":";
  if (is_ad(grantee))
    return {at + "/I:T" + to + "CCDC;user\"", at + "/I:S" + to + "RPWP;;user\"",
            at + "/I:S" + to + "CA;Reset Password;user\""};
  const std::string account = quoted(grantee.account), below = "to dn.onelevel=" + quoted(unit);
  return access_lines(grantee,
                      {"to dn.exact=" + quoted(unit) + " attrs=children by dn.exact=" + account +
                           " write by * break",
                       below + " attrs=userPassword by dn.exact=" + account + " =w by * break",
                       below + " by dn.exact=" + account + " write by * break"});
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
