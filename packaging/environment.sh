# Sourced by run and test: where Headroom is built, and how a command gets in there.
#
#   prepare_environment LIST...   makes sure the packages of packages-LIST.txt are there (build, test, bench)
#   in_environment COMMAND...     runs a command with them; exit status, signals, terminal and folder pass through
#   build_headroom [TARGET...]    builds what changed, quietly; the whole output only when it fails
#
# Debian 13 is used as it is. Debian 12 gets a build root: a Debian 13 file tree under the user's cache folder, made
# by mmdebstrap from the mirror that the host already uses and entered with bubblewrap. Elsewhere the host's own
# packages are checked and the first one missing is named.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/headroom
root=$cache/debian-13
readonly project cache root
# One compiler cache for every clone: paths inside the project are hashed relative to it.
export CCACHE_BASEDIR=$project CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros

say() { printf 'headroom: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

host_release() { # prints "debian 12", "fedora 41", ...
    ( . /etc/os-release 2>/dev/null; printf '%s %s' "${ID:-unknown}" "${VERSION_ID:-}" )
}

case $(host_release) in
    'debian 13') environment=native ;;
    'debian 12') environment=root ;;
    *) environment=own ;;
esac

packages_of() { # the names in packages-LIST.txt of every LIST
    local list
    for list; do sed 's/#.*//' "$project/packaging/packages-$list.txt"; done | tr -s ' \n' '\n' | grep -v '^$'
}

as_superuser() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"
    else fail "this needs root rights once: $*"; fi
}

# Runs COMMAND with its output in a log, saying every ten seconds how long it has taken. Shows the log's end on failure.
step() { # step TEXT LOG COMMAND...
    local text=$1 log=$2 started=$SECONDS status=0 worker next=10
    shift 2
    say "$text"
    "$@" >"$log" 2>&1 </dev/null &
    worker=$!
    # A background job does not hear Ctrl-C; what it had begun is taken up again or made anew by the next call.
    trap 'kill "$worker" 2>/dev/null; wait "$worker"; say "interrupted; it is safe to try again"; exit 130' INT TERM HUP
    while kill -0 "$worker" 2>/dev/null; do
        sleep 0.2
        if ((SECONDS - started >= next)); then
            say "  … $((SECONDS - started)) s: $(tail -n 1 "$log" | tr -d '\r' | cut -c1-90)"
            next=$((next + 10))
        fi
    done
    wait "$worker" || status=$?
    trap - INT TERM HUP
    if ((status != 0)); then
        tail -n 30 "$log" >&2
        fail "that failed after $((SECONDS - started)) s (whole log: $log); it is safe to try again"
    fi
    say "  done in $((SECONDS - started)) s"
}

# --- Debian 13 as it is -------------------------------------------------------------------------------------------

prepare_native() {
    local missing name
    missing=$(for name in $(packages_of "$@"); do
        dpkg-query -W -f '${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed || echo "$name"
    done)
    [ -n "$missing" ] || return 0
    # shellcheck disable=SC2086 — a list of words
    step "installing $(wc -w <<<"$missing") packages" "$cache/install.log" as_superuser \
        sh -c 'apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"' sh $missing
}

# --- Debian 12: a build root --------------------------------------------------------------------------------------

# Mirrors the host uses, as sources.list lines for Debian 13. No host name of a mirror stands in a file of ours.
mirror_lines() {
    [ -n "$(apt-get indextargets 2>/dev/null)" ] || as_superuser apt-get update >&2
    apt-get indextargets --format '$(REPO_URI) $(LABEL)' 'Created-By: Packages' 2>/dev/null | sort -u |
        while read -r uri label; do
            case $label in
                Debian) printf 'deb %s trixie main\ndeb %s trixie-updates main\n' "$uri" "$uri" ;;
                Debian-Security) printf 'deb %s trixie-security main\n' "$uri" ;;
            esac
        done | sort -u
}

# The host's proxy and date settings for apt hold inside the root as well.
host_apt_options() {
    apt-config dump | grep -E '^Acquire::(http|https|ftp)::Proxy |^Acquire::Check-(Valid-Until|Date) ' || true
}

make_root() {
    local mode=root partial=$root.partial
    for tool in mmdebstrap bwrap; do
        command -v "$tool" >/dev/null && continue
        step 'installing mmdebstrap and bubblewrap' "$cache/tools.log" as_superuser \
            sh -c 'apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y mmdebstrap bubblewrap uidmap'
        break
    done
    mirror_lines >"$cache/sources.list"
    [ -s "$cache/sources.list" ] || fail "apt on this machine knows no Debian mirror; add one to its sources and try again"
    [ "$(id -u)" = 0 ] || mode=unshare
    remove_root_files "$partial"
    host_apt_options >"$cache/apt.conf"
    # shellcheck disable=SC2046 — a list of words
    step "making the build root: Debian 13 with $(packages_of "$@" | wc -l) packages (once; one to three minutes)" \
        "$cache/make-root.log" mmdebstrap --mode="$mode" --variant=apt --aptopt="$cache/apt.conf" \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
        --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt=force-unsafe-io \
        --aptopt='Apt::Install-Recommends "false"' --include="$(packages_of "$@" | paste -sd,)" \
        --essential-hook='mkdir -p "$1"/usr/share/man/man1' `# openjdk's set-up wants it` --verbose \
        --customize-hook='cd "$1"/etc && for f in resolv.conf hosts localtime machine-id; do rm -f $f && touch $f; done' \
        --keyring=/usr/share/keyrings/debian-archive-keyring.gpg --skip=cleanup/apt/lists \
        trixie "$partial" "$cache/sources.list"
    mv "$partial" "$root"
}

remove_root_files() {
    [ -e "$1" ] || return 0
    rm -rf "$1" 2>/dev/null || mmdebstrap --unshare-helper rm -rf "$1"
}

# Runs a command as the root user of the build root, with the network, /proc, /sys and /dev; mounts end with it.
inside_root_as_superuser() {
    local own_mounts=(unshare --mount)
    [ "$(id -u)" = 0 ] || own_mounts=(mmdebstrap --unshare-helper)
    "${own_mounts[@]}" sh -c '
        root=$1; shift
        for folder in proc sys dev; do mount --rbind /$folder "$root/$folder"; done
        exec chroot "$root" /usr/bin/env PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"' \
        sh "$root" "$@"
}

add_to_root() {
    inside_root_as_superuser tee /etc/resolv.conf </etc/resolv.conf >/dev/null # names of mirrors must be found in there
    # shellcheck disable=SC2046 — a list of words
    step "adding the packages of: $* (once; about a minute)" "$cache/add-packages.log" inside_root_as_superuser \
        sh -c 'dpkg --configure -a; apt-get update; exec apt-get install -y --no-install-recommends "$@"' sh $(packages_of "$@")
}

prepare_root() {
    local list missing=()
    mkdir -p "$cache"
    exec 9>"$cache/lock" # two calls at once: the second waits for the first
    flock -n 9 || { say 'another set-up is running; waiting for it'; flock 9; }
    if [ ! -d "$root" ]; then
        make_root "$@"
        for list; do stamp "$list"; done
    fi
    for list; do stamped "$list" || missing+=("$list"); done
    if ((${#missing[@]})); then
        add_to_root "${missing[@]}"
        for list in "${missing[@]}"; do stamp "$list"; done
    fi
    exec 9>&-
}

# What a list said when its packages were last installed stands beside the root.
stamp() { packages_of "$1" >"$root.$1"; }
stamped() { [ -f "$root.$1" ] && packages_of "$1" | cmp -s - "$root.$1"; }

# A top folder that the host has and Debian has not, as a place to bind it to.
mkdir_in_root() { mkdir "$root$1" 2>/dev/null || mmdebstrap --unshare-helper mkdir "$root$1" 2>/dev/null; }

# Options of bubblewrap: the root's system folders, the host's everything else, at the same paths.
root_binds() {
    local path name runtime=/run/user/$(id -u)
    binds=(--ro-bind "$root" / --dev-bind /dev /dev --bind /proc /proc --bind /sys /sys
           --tmpfs /run)
    for path in /*; do
        name=${path#/}
        case $name in
            bin | boot | dev | etc | lib* | lost+found | proc | run | sbin | sys | usr | var) continue ;;
        esac
        [ -d "$path" ] && { [ -d "$root$path" ] || mkdir_in_root "$path"; } && binds+=(--bind "$path" "$path")
    done
    binds+=(--bind /var/tmp /var/tmp)
    for path in /var/log /var/lib/nginx /var/cache/fontconfig; do # what services and libraries write to
        [ -d "$root$path" ] && binds+=(--tmpfs "$path")
    done
    for path in /run/dbus "$runtime" /run/systemd/resolve; do
        [ -d "$path" ] && binds+=(--bind "$path" "$path")
    done
    for name in resolv.conf hosts passwd group localtime machine-id ssl/certs; do
        path=$(readlink -f "/etc/$name") || continue
        [ -e "$path" ] && [ -e "$root/etc/$name" ] && binds+=(--ro-bind "$path" "/etc/$name")
    done
}

# bubblewrap's own process must outlive Ctrl-C to hand on the exit status; the command inside gets signals as usual.
in_root() {
    local binds inner status
    root_binds
    (
        trap '' INT QUIT TERM HUP
        exec bwrap "${binds[@]}" --chdir "$PWD" \
            env --default-signal=INT,QUIT,TERM,HUP PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin "$@"
    ) <&0 &
    inner=$!
    trap 'pass_on INT $inner' INT
    trap 'pass_on QUIT $inner' QUIT
    trap 'pass_on TERM $inner' TERM
    trap 'pass_on HUP $inner' HUP
    while :; do
        wait "$inner"
        status=$?
        kill -0 "$inner" 2>/dev/null || break # a trapped signal also ends wait
    done
    trap - INT QUIT TERM HUP
    return "$status"
}

# Hands a signal to the command inside, unless the terminal has sent it to the whole foreground group already.
pass_on() { # pass_on SIGNAL BWRAP_PID
    local fields child
    read -r -a fields <"/proc/$$/stat"
    if [[ $1 =~ INT|QUIT ]] && [ "${fields[4]}" = "${fields[7]}" ]; then return; fi
    for child in $(cat "/proc/$2/task/$2/children"); do kill -s "$1" "$child"; done
}

# --- any other system ---------------------------------------------------------------------------------------------

check_own() {
    local tool
    for tool in g++ cmake ninja ccache mold pkg-config; do
        command -v "$tool" >/dev/null || fail "$tool is missing; install it and try again"
    done
    need_version 'g++' 14 "$(g++ -dumpversion)"
    need_version 'CMake' 3.29 "$(cmake --version | sed -n '1s/[^0-9]*//p')"
    need_version 'Qt (development files)' 6.8 "$(package_version Qt6)"
    need_version 'KDE Syntax Highlighting for Qt 6 (development files)' 6.0 "$(package_version KF6SyntaxHighlighting)"
    need_version 'QCoro for Qt 6 (development files)' 0.11 "$(package_version QCoro6)"
    # The rest, without a version to mind, is named by CMake.
}

# What the package's own CMake file says; empty when there is none.
package_version() {
    local folder
    for folder in ${CMAKE_PREFIX_PATH//:/ } /usr /usr/local; do
        find "$folder"/lib*/cmake "$folder"/lib/*/cmake -path "*/$1/$1ConfigVersion*.cmake" \
            -exec sed -n 's/^ *set(PACKAGE_VERSION "\([0-9.]*\)").*/\1/p' {} + 2>/dev/null
    done | head -n 1
}

need_version() { # need_version WHAT AT_LEAST FOUND
    [ -n "$3" ] || fail "$1 is missing; install version $2 or newer and try again"
    printf '%s\n%s\n' "$2" "$3" | sort -CV || fail "$1 $2 or newer is needed, found $3; install a newer one and try again"
}

# --- what run and test call ---------------------------------------------------------------------------------------

prepare_environment() {
    mkdir -p "$cache"
    case $environment in
        native) prepare_native "$@" ;;
        root) prepare_root "$@" ;;
        own) check_own ;;
    esac
}

in_environment() {
    if [ "$environment" = root ]; then in_root "$@"; else "$@"; fi
}

build_headroom() { # build_headroom PRESET [TARGET...]
    local preset=$1 folder=$project/build/$1 log=$project/build/$1.log
    shift
    mkdir -p "$project/build"
    (
        exec 8>"$folder.lock"
        flock 8
        [ -f "$folder/build.ninja" ] ||
            step "configuring ($preset)" "$log" in_environment cmake -S "$project" --preset "$preset"
        in_environment ninja -C "$folder" -n "$@" 2>/dev/null | grep -q 'no work to do' ||
            step "building ($preset; from nothing a few minutes, then seconds)" "$log" in_environment ninja -C "$folder" "$@"
    ) 8>&-
}
