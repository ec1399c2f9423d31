#pragma once
// Windows' logon notice (legalnoticecaption and legalnoticetext), kept equal to the school's rules
// in short. Windows keeps settings of its own in the same key, UAC's among them: so this runs as an
// administrator's task, and never in the service.

#include "core/wire/agent_message.h"
#include "winlogon-shim/domain/settings.h"

namespace assent::windows {

// Asks the service on this machine, and writes what differs. What stood there before is kept, type
// and bytes, in HKLM\SOFTWARE\Assent\Notice, and comes back where nothing is published any more or
// the setting Banner is not 1. Unavailable, with nothing changed: the service did not say. Denied:
// needs an administrator.
Status keep_banner(const Settings& settings);
// The writing part of it.
Status show_banner(const wire::AgentBannerReply& banner);
// What stood there before, if ours stands there. Asks nobody: needs no service and no enrolment.
Status give_banner_back();

}  // namespace assent::windows
