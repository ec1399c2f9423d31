# shellcheck shell=bash
# What is handed to schools: ./dev package windows. The same programs give the same bytes: what the
# tools would make up themselves (times, ids) follows from the version, the programs and
# SOURCE_DATE_EPOCH, which is the last commit's time unless it is given. Only a timestamp server's
# signature differs each time.
#
# To sign, name a certificate: ASSENT_SIGN_CERT and ASSENT_SIGN_KEY (PEM), or ASSENT_SIGN_PKCS12 with
# its password in the file ASSENT_SIGN_PASSWORD; ASSENT_SIGN_TIMESTAMP is a timestamp server.

windows_programs=(assent-service.exe assent-logon.exe AssentProvider.dll)
windows_files=("${windows_programs[@]}" banner-task.xml)

verb_package() {
  local kind=${1:-}
  shift || true
  [[ $kind == windows ]] || die "there is one package: ./dev package windows"
  package_windows "$@"
}

# [--programs FOLDER] [--out FOLDER] [--version N.N.N]; without programs they are built first.
package_windows() {
  local programs='' out=build/package version work
  version=$(sed -nE 's/^project\(assent VERSION ([0-9.]+) .*/\1/p' CMakeLists.txt)
  while (($#)); do
    (($# > 1)) || die "$1 needs a value"
    case $1 in
      --programs) programs=$2 ;;
      --out) out=$2 ;;
      --version) version=$2 ;;
      *) die "package windows: there is no option $1" ;;
    esac
    shift 2
  done
  is_version "$version" || die "Windows takes no version $version"
  [[ -n $programs ]] || { verb_build windows && programs=build/windows/bin; }
  work=$(mktemp -d)
  # shellcheck disable=SC2064  # the folder is known now
  trap "rm -rf '$work'" EXIT
  gather_programs "$programs" "$work"
  make_msi "$work" "$version"
  hand_over "$work" "$out" "assent-$version-x64.msi"
}

# Three numbers, as many as Windows compares, below 256, 256 and 65536.
is_version() {
  [[ $1 =~ ^([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,5})$ ]] || return 1
  ((10#${BASH_REMATCH[1]} < 256 && 10#${BASH_REMATCH[2]} < 256 && 10#${BASH_REMATCH[3]} < 65536))
}

# Stripped and signed copies, all of one time: the cabinet holds it.
gather_programs() {
  local from=$1 work=$2 name
  package_time=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
  for name in "${windows_programs[@]}"; do
    [[ -f $from/$name ]] || die "there is no $name in $from"
    x86_64-w64-mingw32-strip -o "$work/$name" "$from/$name"
    sign "$work/$name"
  done
  # As Windows exports a task itself: UTF-16 with its mark.
  iconv -f UTF-8 -t UTF-16LE <(printf '\xef\xbb\xbf' && cat packaging/windows/banner-task.xml) >"$work/banner-task.xml"
  (cd "$work" && touch -d "@$package_time" "${windows_files[@]}" && sha256sum "${windows_files[@]}" >SHA256SUMS)
}

# A UUID (version 8: our own) that follows from a text.
uuid_of() {
  local hash
  hash=$(printf 'assent windows %s' "$1" | sha256sum | tr a-f A-F)
  printf '%s-%s-8%s-8%s-%s' "${hash:0:8}" "${hash:8:4}" "${hash:12:3}" "${hash:15:3}" "${hash:18:12}"
}

# One version is one product; each content is a package of its own.
make_msi() {
  local work=$1 version=$2 recipe=packaging/windows statements
  cp "$recipe/assent.wxs" "$work"
  mapfile -t statements < <(grep -v -e '^--' -e '^$' "$recipe/finish.sql")
  (cd "$work" && at_one_time wixl -a x64 -D "Version=$version" -D "ProductCode=$(uuid_of "$version")" \
    -o assent.msi assent.wxs) || die "wixl made no package"
  local package
  package=$(uuid_of "$(cat "$work/SHA256SUMS" "$recipe/assent.wxs" "$recipe/finish.sql") $version")
  at_one_time msibuild "$work/assent.msi" -q "${statements[@]}" \
    -s "Assent $version" Assent 'x64;1033' "{$package}" || die "msibuild could not finish the package"
  sign "$work/assent.msi"
}

# Neither the clock nor the place of a thing in memory reaches the package.
at_one_time() {
  local library
  library=$(echo /usr/lib/*/faketime/libfaketime.so.1)
  [[ -f $library ]] || die "libfaketime is missing: ./dev setup windows"
  TZ=UTC FAKETIME_FMT=%s FAKETIME=$package_time LD_PRELOAD=$library setarch -R "$@"
}

# In place; nothing without a certificate.
sign() {
  local file=$1 with=()
  if [[ -n ${ASSENT_SIGN_PKCS12:-} ]]; then
    with=(-pkcs12 "$ASSENT_SIGN_PKCS12" -readpass "${ASSENT_SIGN_PASSWORD:?}")
  elif [[ -n ${ASSENT_SIGN_CERT:-} ]]; then
    with=(-certs "$ASSENT_SIGN_CERT" -key "${ASSENT_SIGN_KEY:?}")
  else
    return 0
  fi
  if [[ -n ${ASSENT_SIGN_TIMESTAMP:-} ]]; then
    with+=(-ts "$ASSENT_SIGN_TIMESTAMP")
  else
    with+=(-time "$package_time")
  fi
  osslsigncode sign "${with[@]}" -h sha256 -n Assent -in "$file" -out "$file.signed" >/dev/null ||
    die "$(basename "$file") could not be signed"
  mv "$file.signed" "$file"
}

# The package, the policies, and what each file's SHA-256 is, for allow-lists.
hand_over() {
  local work=$1 out=$2 name=$3
  mkdir -p "$out"
  cp "$work/assent.msi" "$out/$name"
  cp -r packaging/windows/policies "$out"
  { (cd "$out" && sha256sum "$name") && cat "$work/SHA256SUMS"; } >"$out/SHA256SUMS"
  [[ -n ${ASSENT_SIGN_PKCS12:-}${ASSENT_SIGN_CERT:-} ]] ||
    echo "not signed: ASSENT_SIGN_CERT and ASSENT_SIGN_KEY name no certificate"
  echo "made: $out/$name"
}
