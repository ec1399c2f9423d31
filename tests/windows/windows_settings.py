"""The settings of a Windows machine, once: what the installer writes, and what policies say."""

ASSENT = r"SOFTWARE\Assent"
POLICIES = r"SOFTWARE\Policies\Assent"
WINLOGON = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon"
REG_SZ, REG_EXPAND_SZ, REG_DWORD, REG_MULTI_SZ = 1, 2, 4, 7

# Value: its type, the installer's property, and what may be chosen or the least and the most.
VALUES = {
    "Service": (REG_SZ, "SERVICEURL", None),
    "ServicePin": (REG_SZ, "SERVICEPIN", None),
    "OnUnavailable": (REG_SZ, "ONUNAVAILABLE", ["open", "closed"]),
    "Disabled": (REG_DWORD, None, [1, 0]),
    "LocalAccounts": (REG_SZ, "LOCALACCOUNTS", ["allow", "ask", "deny"]),
    "Domains": (REG_MULTI_SZ, None, None),
    "ExcludedAccounts": (REG_MULTI_SZ, None, None),
    "ExcludedGroups": (REG_MULTI_SZ, None, None),
    "DeadlineMs": (REG_DWORD, None, (500, 10000)),
    "Help": (REG_SZ, "HELP", None),
    "Banner": (REG_DWORD, "BANNER", [1, 0]),
}
PROPERTIES = {property_: name for name, (_, property_, _) in VALUES.items() if property_}


def text(words, end="\0"):
    """As the registry holds it."""
    return (words + end).encode("utf-16-le")
