// A logon screen without a screen, for tests/windows/test_provider.py:
//   logon_ui_host STEPS FOLDER
// Does the steps of the file STEPS, a line each, with the providers that are in FOLDER and
// registered. Prints a JSON object for each step: what the provider answered. `kSteps` below are
// what it can do.
#include <windows.h>

#include <fstream>
#include <functional>
#include <iostream>

#include "tests/windows/answers.h"
#include "tests/windows/logon_ui.h"
#include "tests/windows/memory_spy.h"
#include "tests/windows/registry_key.h"
#include "winlogon-shim/logon_buffer/logon_buffer.h"
#include "winlogon-shim/provider/registration.h"

namespace {

using namespace assent;
using namespace assent::test;

constexpr wchar_t kOurs[] = L"provider_under_test.dll", kInner[] = L"inner_provider.dll";
constexpr UINT kLater = WM_APP + 1;
MemorySpy spy(L"correct horse");

class LogonScreen {
 public:
  explicit LogonScreen(std::string script) : script_(std::move(script)) {
    window_ = CreateWindowExW(0, L"STATIC", L"LogonUI", 0, 0, 0, 1, 1, HWND_MESSAGE, nullptr,
                              nullptr, nullptr);
    SetWindowLongPtrW(window_, GWLP_USERDATA, reinterpret_cast<LONG_PTR>(this));
    SetWindowLongPtrW(window_, GWLP_WNDPROC, reinterpret_cast<LONG_PTR>(&on_message));
  }

  void step(const std::string& line) {
    const std::size_t space = line.find(' ');
    const std::string name = line.substr(0, space);
    const std::string rest = space == line.npos ? "" : line.substr(space + 1);
    Object said = steps().at(name)(*this, rest);
    said.emplace_back("step", line);
    std::cout << to_json(Value(std::move(said))) << std::endl;
  }

 private:
  using Step = std::function<Object(LogonScreen&, const std::string&)>;
  static const std::map<std::string, Step>& steps();

  static LRESULT CALLBACK on_message(HWND window, UINT message, WPARAM word, LPARAM more) {
    const auto self = reinterpret_cast<LogonScreen*>(GetWindowLongPtrW(window, GWLP_USERDATA));
    if (message != kLater) return DefWindowProcW(window, message, word, more);
    self->step(self->later_);
    PostQuitMessage(0);
    return 0;
  }

  static Object answer(HRESULT result) { return Object{{"result", hex(result)}}; }

  Object begin(const std::string&) {
    forget("");
    DeleteFileA((script_ + ".told").c_str());
    inner("reset");
    spy.reset();
    return {};
  }
  Object forget(const std::string&) {
    std::ofstream(script_).close();
    return {};
  }
  Object gate(const std::string& line) {
    std::ofstream(script_, std::ios::app | std::ios::binary) << line << "\n";
    return {};
  }
  Object inner(const std::string& order) {
    exported<void(const char*)>(kInner, "inner_do")(order.c_str());
    return {};
  }
  Object later(const std::string& what) {
    later_ = what;
    PostMessageW(window_, kLater, 0, 0);
    return {};
  }

  // switch KEY VALUE; without a value, the key goes.
  Object kill_switch(const std::string& rest) {
    const std::size_t space = rest.find(' ');
    const RegistryKey key(rest.substr(0, space));
    return answer(space == rest.npos ? key.remove()
                                     : key.put(L"Disabled", DWORD(std::stoul(rest.substr(space)))));
  }
  // inner_class PATH, or nothing: where Windows' own provider is said to be.
  Object inner_class(const std::string& path) {
    const std::string key = R"(SOFTWARE\Classes\CLSID\{60b78e88-ead8-445c-9cfd-0b87f74ea6cd})";
    if (path.empty()) return answer(RegistryKey(key).remove());
    const RegistryKey server(key + R"(\InprocServer32)");
    server.put(L"ThreadingModel", "Apartment");
    return answer(server.put(nullptr, path));
  }

  Object usage(const std::string& scenario) {
    if (!provider_) {
      const HRESULT made = CoCreateInstance(kAssentProvider, nullptr, CLSCTX_INPROC_SERVER,
                                            __uuidof(ICredentialProvider), &provider_);
      if (FAILED(made)) return answer(made);
    }
    return answer(provider_->SetUsageScenario(Scenario(std::stoi(scenario)), 0));
  }
  Object users(const std::string&) {
    ComPtr<ICredentialProviderSetUserArray> set;
    const HRESULT found = provider_.As(&set);
    return answer(FAILED(found) ? found : set->SetUserArray(made<Users>().Get()));
  }
  // Every method of the provider that another does not show.
  Object provider(const std::string&) {
    Object said;
    const auto events = made<ProviderEvents>();
    const Serialization given{.package = 1, .provider = {}, .size = 77, .bytes = nullptr};
    DWORD fields = 0, tiles = 0, first = 9;
    BOOL at_once = FALSE;
    FieldDescriptor* field = nullptr;
    ComPtr<ICredentialProviderCredential> none;
    said.emplace_back("advise", hex(provider_->Advise(events.Get(), 1234)));
    said.emplace_back("context", std::int64_t(events->context));
    said.emplace_back("given", hex(provider_->SetSerialization(&given)));
    said.emplace_back("count", hex(provider_->GetFieldDescriptorCount(&fields)));
    said.emplace_back("fields", std::int64_t(fields));
    said.emplace_back("descriptor", hex(provider_->GetFieldDescriptorAt(2, &field)));
    said.emplace_back("type", std::int64_t(field ? field->type : FieldType::Invalid));
    if (field) CoTaskMemFree(field->label);
    CoTaskMemFree(field);
    said.emplace_back("tiles", hex(provider_->GetCredentialCount(&tiles, &first, &at_once)));
    said.emplace_back(
        "shape", list({std::to_string(tiles), std::to_string(first), std::to_string(at_once)}));
    said.emplace_back("beyond", hex(provider_->GetCredentialAt(5, &none)));
    said.emplace_back("unadvise", hex(provider_->UnAdvise()));
    return said;
  }

  Object tile(const std::string&) {
    ComPtr<ICredentialProviderCredential> first, again;
    const HRESULT got = provider_->GetCredentialAt(0, &first);
    if (FAILED(got)) return answer(got);
    provider_->GetCredentialAt(0, &again);
    Object said = answer(first.As(&tile_));
    said.emplace_back("same", first.Get() == again.Get());  // == of ComPtr compares less
    LPWSTR sid = nullptr;
    said.emplace_back("sid result", hex(tile_->GetUserSid(&sid)));
    said.emplace_back("sid", taken(sid));
    return said;
  }
  Object interfaces(const std::string&) {
    ComPtr<IUnknown> same, other;
    ComPtr<ICredentialProviderCredentialWithFieldOptions> options;
    ComPtr<IClassFactory> foreign;
    const bool has_options = SUCCEEDED(tile_.As(&options));
    tile_.As(&same);
    if (has_options) options.As(&other);
    return {{"options", has_options},
            {"identity", !has_options || same.Get() == other.Get()},
            {"foreign", hex(tile_.As(&foreign))},
            {"no place", hex(tile_->QueryInterface(__uuidof(IUnknown), nullptr))}};
  }
  Object advise(const std::string& version) {
    events_ = made<TileEvents>(window_, version != "1");
    events_->tile = tile_.Get();
    return answer(tile_->Advise(events_.Get()));
  }
  Object heard(const std::string&) {
    return {{"events", list(events_->heard)},
            {"inner", exported<const char*()>(kInner, "inner_heard")()}};
  }
  // Every method of the tile that only hands on.
  Object fields(const std::string&) {
    BOOL flag = FALSE;
    DWORD one = 0, two = 0;
    LPWSTR text = nullptr;
    HBITMAP bitmap = nullptr;
    FieldState state{};
    FieldInteraction more{};
    Object said;
    const HRESULT selected = tile_->SetSelected(&flag);
    said.emplace_back("selected", hex(selected) + std::to_string(flag));
    tile_->GetFieldState(1, &state, &more);
    said.emplace_back("state", std::to_string(int(state)) + std::to_string(int(more)));
    tile_->GetStringValue(1, &text);
    said.emplace_back("string", taken(text));
    tile_->GetBitmapValue(2, &bitmap);
    said.emplace_back("bitmap", std::int64_t(reinterpret_cast<std::intptr_t>(bitmap)));
    tile_->GetCheckboxValue(3, &flag, &text);
    said.emplace_back("checkbox", taken(text) + std::to_string(flag));
    tile_->GetSubmitButtonValue(4, &one);
    said.emplace_back("submit", std::int64_t(one));
    tile_->GetComboBoxValueCount(5, &one, &two);
    said.emplace_back("combo", std::to_string(one) + " " + std::to_string(two));
    tile_->GetComboBoxValueAt(6, 1, &text);
    said.emplace_back("choice", taken(text));
    tile_->SetCheckboxValue(7, TRUE);
    tile_->SetComboBoxSelectedValue(8, 2);
    said.emplace_back("link", hex(tile_->CommandLinkClicked(9)));
    ComPtr<ICredentialProviderCredentialWithFieldOptions> options;
    FieldOptions with{};
    if (SUCCEEDED(tile_.As(&options))) options->GetFieldOptions(10, &with);
    said.emplace_back("options", std::int64_t(with));
    return said;
  }
  Object type(const std::string& rest) {
    return answer(tile_->SetStringValue(DWORD(rest[0] - '0'),
                                        windows::to_utf16(rest.substr(2)).value().c_str()));
  }

  Object serialize(const std::string&) {
    Response response{};
    Serialization logon{};
    LPWSTR text = nullptr;
    StatusIcon icon{};
    const HRESULT done = tile_->GetSerialization(&response, &logon, &text, &icon);
    Object said = answer(done);
    const auto read = parse_logon_buffer(std::as_bytes(std::span(logon.bytes, logon.size)));
    said.emplace_back("response", std::int64_t(response));
    said.emplace_back("size", std::int64_t(logon.size));
    said.emplace_back("from inner", IsEqualGUID(logon.provider, kPasswordProvider) != 0);
    said.emplace_back("login", read ? read->domain + "|" + read->login : "");
    said.emplace_back("text", taken(text));
    said.emplace_back("icon", std::int64_t(icon));
    said.emplace_back("not freed yet", logon.bytes != nullptr);
    CoTaskMemFree(logon.bytes);  // with the password in it: that is Windows' matter
    return said;
  }
  Object report(const std::string& status) {
    LPWSTR text = nullptr;
    StatusIcon icon{};
    const auto value = NtStatus(std::stoul(status, nullptr, 16));
    Object said = answer(tile_->ReportResult(value, 3, &text, &icon));
    said.emplace_back("text", taken(text));
    said.emplace_back("icon", std::int64_t(icon));
    return said;
  }

  Object drop(const std::string& what) {
    if (what == "everything") {
      tile_->UnAdvise();
      return {{"left", std::int64_t(tile_.Reset() + provider_.Reset())}};
    }
    if (what == "provider") return {{"left", std::int64_t(provider_.Reset())}};
    return {{"left", std::int64_t(tile_.Reset())}};
  }
  // Until somebody ends this program, as a fault would.
  Object hang(const std::string&) {
    WaitForSingleObject(GetCurrentProcess(), INFINITE);
    return {};
  }
  Object told(const std::string&) { return {{"told", list(lines_of(script_ + ".told"))}}; }

  // Lets go of everything, and looks whether anything is left.
  Object end(const std::string&) {
    Object said;
    said.emplace_back("held", provider_ || tile_);
    said.emplace_back("in use", can_unload(kOurs));
    tile_.Reset();
    provider_.Reset();
    said.emplace_back("events left", std::int64_t(events_.Get() ? events_.Reset() : 0));
    said.emplace_back("ours", can_unload(kOurs));
    said.emplace_back("inner", can_unload(kInner));
    CoFreeUnusedLibrariesEx(0, 0);
    said.emplace_back("still loaded", GetModuleHandleW(kOurs) != nullptr);
    said.emplace_back("not freed", spy.not_freed());
    said.emplace_back("passwords freed", spy.told());
    said.emplace_back("told", list(lines_of(script_ + ".told")));
    return said;
  }

  const std::string script_;
  std::string later_;
  HWND window_ = nullptr;
  ComPtr<ICredentialProvider> provider_;
  ComPtr<ICredentialProviderCredential2> tile_;
  ComPtr<TileEvents> events_;
};

const std::map<std::string, LogonScreen::Step>& LogonScreen::steps() {
  using Self = LogonScreen;
  static const std::map<std::string, Step> kSteps = {
      {"begin", &Self::begin},
      {"forget", &Self::forget},
      {"gate", &Self::gate},
      {"inner", &Self::inner},
      {"later", &Self::later},
      {"switch", &Self::kill_switch},
      {"inner_class", &Self::inner_class},
      {"usage", &Self::usage},
      {"users", &Self::users},
      {"provider", &Self::provider},
      {"tile", &Self::tile},
      {"interfaces", &Self::interfaces},
      {"advise", &Self::advise},
      {"heard", &Self::heard},
      {"fields", &Self::fields},
      {"type", &Self::type},
      {"serialize", &Self::serialize},
      {"report", &Self::report},
      {"drop", &Self::drop},
      {"hang", &Self::hang},
      {"told", &Self::told},
      {"end", &Self::end},
      {"unadvise", [](Self& self, auto&) { return answer(self.tile_->UnAdvise()); }},
      {"deselected", [](Self& self, auto&) { return answer(self.tile_->SetDeselected()); }},
  };
  return kSteps;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return std::cerr << "usage: logon_ui_host STEPS FOLDER\n", 2;
  const std::string script = std::string(argv[1]) + ".gate";
  SetEnvironmentVariableA("ASSENT_SCRIPTED_GATE", script.c_str());
  CoRegisterMallocSpy(&spy);
  CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED);
  LoadLibraryA((std::string(argv[2]) + "/inner_provider.dll").c_str());
  LogonScreen screen(script);
  for (const std::string& line : lines_of(argv[1])) screen.step(line);
  std::cout.flush();
  return 0;
}
