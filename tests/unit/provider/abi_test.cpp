// The binary interface with LogonUI, pinned to what Windows documents. The tests' LogonUI is built
// from the same header, so it would not notice two methods that changed places; Windows would.

#include "winlogon-shim/provider/abi.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstring>
#include <string>
#include <vector>

#include "winlogon-shim/provider/registration.h"

namespace assent::provider {
namespace {

// A pointer to a virtual method is 1 more than its offset in the table (Itanium C++ ABI, 2.3).
template <class Method>
std::ptrdiff_t slot_of(Method method) {
  std::ptrdiff_t raw[2];
  static_assert(sizeof method == sizeof raw);
  std::memcpy(raw, &method, sizeof raw);
  return raw[0] % 2 ? (raw[0] - 1) / std::ptrdiff_t(sizeof(void*)) : -1;
}

struct Slot {
  const char* method;
  std::ptrdiff_t is, should_be;
};

void expect_slots(const std::vector<Slot>& slots) {
  for (const Slot& slot : slots) EXPECT_EQ(slot.is, slot.should_be) << slot.method;
}

#define SLOT(interface, method, number)                           \
  Slot {                                                          \
#interface "::" #method, slot_of(&interface ::method), number \
  }

// mingw's header has a second QueryInterface, a template and not in the table.
using Query = HRESULT (STDMETHODCALLTYPE IUnknown::*)(REFIID, void**);

TEST(Abi, EveryInterfaceBeginsAsIUnknown) {
  EXPECT_EQ(slot_of(Query(&IUnknown::QueryInterface)), 0);
  expect_slots({SLOT(IUnknown, AddRef, 1), SLOT(IUnknown, Release, 2),
                SLOT(ICredentialProvider, AddRef, 1), SLOT(ICredentialProvider, Release, 2),
                SLOT(ICredentialProviderCredential2, AddRef, 1),
                SLOT(ICredentialProviderCredential2, Release, 2),
                SLOT(ICredentialProviderCredentialEvents2, AddRef, 1),
                SLOT(ICredentialProviderCredentialEvents2, Release, 2)});
}

TEST(Abi, AProvidersMethodsAreWhereWindowsHasThem) {
  expect_slots({SLOT(ICredentialProvider, SetUsageScenario, 3),
                SLOT(ICredentialProvider, SetSerialization, 4),
                SLOT(ICredentialProvider, Advise, 5), SLOT(ICredentialProvider, UnAdvise, 6),
                SLOT(ICredentialProvider, GetFieldDescriptorCount, 7),
                SLOT(ICredentialProvider, GetFieldDescriptorAt, 8),
                SLOT(ICredentialProvider, GetCredentialCount, 9),
                SLOT(ICredentialProvider, GetCredentialAt, 10),
                SLOT(ICredentialProviderSetUserArray, SetUserArray, 3),
                SLOT(ICredentialProviderEvents, CredentialsChanged, 3),
                SLOT(ICredentialProviderUserArray, SetProviderFilter, 3),
                SLOT(ICredentialProviderUserArray, GetAccountOptions, 4),
                SLOT(ICredentialProviderUserArray, GetCount, 5),
                SLOT(ICredentialProviderUserArray, GetAt, 6)});
}

TEST(Abi, ATilesMethodsAreWhereWindowsHasThem) {
  expect_slots({SLOT(ICredentialProviderCredential, Advise, 3),
                SLOT(ICredentialProviderCredential, UnAdvise, 4),
                SLOT(ICredentialProviderCredential, SetSelected, 5),
                SLOT(ICredentialProviderCredential, SetDeselected, 6),
                SLOT(ICredentialProviderCredential, GetFieldState, 7),
                SLOT(ICredentialProviderCredential, GetStringValue, 8),
                SLOT(ICredentialProviderCredential, GetBitmapValue, 9),
                SLOT(ICredentialProviderCredential, GetCheckboxValue, 10),
                SLOT(ICredentialProviderCredential, GetSubmitButtonValue, 11),
                SLOT(ICredentialProviderCredential, GetComboBoxValueCount, 12),
                SLOT(ICredentialProviderCredential, GetComboBoxValueAt, 13),
                SLOT(ICredentialProviderCredential, SetStringValue, 14),
                SLOT(ICredentialProviderCredential, SetCheckboxValue, 15),
                SLOT(ICredentialProviderCredential, SetComboBoxSelectedValue, 16),
                SLOT(ICredentialProviderCredential, CommandLinkClicked, 17),
                SLOT(ICredentialProviderCredential, GetSerialization, 18),
                SLOT(ICredentialProviderCredential, ReportResult, 19),
                SLOT(ICredentialProviderCredential2, GetUserSid, 20),
                SLOT(ICredentialProviderCredentialWithFieldOptions, GetFieldOptions, 3)});
}

TEST(Abi, TheEventsOfATileAreWhereWindowsHasThem) {
  expect_slots({SLOT(ICredentialProviderCredentialEvents, SetFieldState, 3),
                SLOT(ICredentialProviderCredentialEvents, SetFieldInteractiveState, 4),
                SLOT(ICredentialProviderCredentialEvents, SetFieldString, 5),
                SLOT(ICredentialProviderCredentialEvents, SetFieldCheckbox, 6),
                SLOT(ICredentialProviderCredentialEvents, SetFieldBitmap, 7),
                SLOT(ICredentialProviderCredentialEvents, SetFieldComboBoxSelectedItem, 8),
                SLOT(ICredentialProviderCredentialEvents, DeleteFieldComboBoxItem, 9),
                SLOT(ICredentialProviderCredentialEvents, AppendFieldComboBoxItem, 10),
                SLOT(ICredentialProviderCredentialEvents, SetFieldSubmitButton, 11),
                SLOT(ICredentialProviderCredentialEvents, OnCreatingWindow, 12),
                SLOT(ICredentialProviderCredentialEvents2, BeginFieldUpdates, 13),
                SLOT(ICredentialProviderCredentialEvents2, EndFieldUpdates, 14),
                SLOT(ICredentialProviderCredentialEvents2, SetFieldOptions, 15)});
}

std::string spelled(const GUID& id) {
  wchar_t text[40];
  StringFromGUID2(id, text, 40);
  return std::string(text, text + 38);
}

TEST(Abi, InterfacesAndClassesAreCalledAsWindowsCallsThem) {
  EXPECT_EQ(spelled(__uuidof(ICredentialProvider)), "{D27C3481-5A1C-45B2-8AAA-C20EBBE8229E}");
  EXPECT_EQ(spelled(__uuidof(ICredentialProviderEvents)), "{34201E5A-A787-41A3-A5A4-BD6DCF2A854E}");
  EXPECT_EQ(spelled(__uuidof(ICredentialProviderSetUserArray)),
            "{095C1484-1C0C-4388-9C6D-500E61BF84BD}");
  EXPECT_EQ(spelled(__uuidof(ICredentialProviderUserArray)),
            "{90C119AE-0F18-4520-A1F1-114366A40FE8}");
  EXPECT_EQ(spelled(__uuidof(ICredentialProviderCredential)),
            "{63913A93-40C1-481A-818D-4072FF8C70CC}");
  EXPECT_EQ(spelled(__uuidof(ICredentialProviderCredential2)),
            "{FD672C54-40EA-4D6E-9B49-CFB1A7507BD7}");
  EXPECT_EQ(spelled(__uuidof(ICredentialProviderCredentialWithFieldOptions)),
            "{DBC6FB30-C843-49E3-A645-573E6F39446A}");
  EXPECT_EQ(spelled(__uuidof(ICredentialProviderCredentialEvents)),
            "{FA6FA76B-66B7-4B11-95F1-86171118E816}");
  EXPECT_EQ(spelled(__uuidof(ICredentialProviderCredentialEvents2)),
            "{B53C00B6-9922-4B78-B1F4-DDFE774DC39B}");
  EXPECT_EQ(spelled(kPasswordProvider), "{60B78E88-EAD8-445C-9CFD-0B87F74EA6CD}");
  EXPECT_EQ(spelled(kAssentProvider), "{D9E0B3A0-B6BD-49FD-9ACE-32CFDE8812D2}");
}

TEST(Abi, StructuresHaveWindowsLayout) {
  EXPECT_EQ(sizeof(FieldDescriptor), 32u);
  EXPECT_EQ(offsetof(FieldDescriptor, type), 4u);
  EXPECT_EQ(offsetof(FieldDescriptor, label), 8u);
  EXPECT_EQ(offsetof(FieldDescriptor, kind), 16u);
  EXPECT_EQ(sizeof(Serialization), 32u);
  EXPECT_EQ(offsetof(Serialization, provider), 4u);
  EXPECT_EQ(offsetof(Serialization, size), 20u);
  EXPECT_EQ(offsetof(Serialization, bytes), 24u);
}

TEST(Abi, NumbersMeanWhatTheyMeanToWindows) {
  EXPECT_EQ(int(Scenario::Logon), 1);              // CPUS_LOGON
  EXPECT_EQ(int(Scenario::UnlockWorkstation), 2);  // CPUS_UNLOCK_WORKSTATION
  EXPECT_EQ(int(Scenario::ChangePassword), 3);     // CPUS_CHANGE_PASSWORD
  EXPECT_EQ(int(Scenario::CredUi), 4);             // CPUS_CREDUI
  EXPECT_EQ(int(Scenario::Plap), 5);               // CPUS_PLAP
  EXPECT_EQ(int(Response::NoCredentialNotFinished), 0);
  EXPECT_EQ(int(Response::ReturnCredentialFinished), 2);
  EXPECT_EQ(int(StatusIcon::Warning), 2);
  EXPECT_EQ(sizeof(Scenario) + sizeof(Response) + sizeof(StatusIcon), 12u);
}

}  // namespace
}  // namespace assent::provider
