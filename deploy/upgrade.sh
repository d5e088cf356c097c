#!/bin/sh
# Puts a newer velocity in the place of the one that is installed, and everything back when the newer one is not well.
#
#   upgrade.sh NEW [INSTALLED]        INSTALLED: the program in use, without it the `velocity` of the path
#
# VELOCITY_HOME   the data directory, as always
# VELOCITY_STOP   stops what runs of it      [systemctl stop velocity]
# VELOCITY_START  starts it                  [systemctl start velocity]
# VELOCITY_WELL   ends well when it is well  [velocity doctor]; for a server: curl -fsS http://127.0.0.1:8086/api/health
# VELOCITY_PATIENCE seconds until it is to be well  [30]
# VELOCITY_BACKUPS  where the backup goes    [the folder of the data directory]
#
# Before anything is stopped the newer program opens a copy of all data: what it cannot bring to its schema stops the upgrade
# there. Then: stop, backup, exchange, open, start, look. When something of that fails: stop, the old program, the old data, start.
# Needs room for two copies of the data for the time that it takes.
set -u

say() { printf '%s %s\n' "$(date +%H:%M:%S)" "$*"; }
stop_here() { say "nothing was changed: $*"; exit 1; }

[ $# -ge 1 ] || { sed -n '2,15s/^# \{0,1\}//p' "$0"; exit 2; }
new=$1
old=${2:-$(command -v velocity)} || stop_here "there is no velocity in the path; name the program in use"
home=${VELOCITY_HOME:-$HOME/.velocity}
stop=${VELOCITY_STOP:-systemctl stop velocity}
start=${VELOCITY_START:-systemctl start velocity}
well=${VELOCITY_WELL:-"'$old' --home '$home' doctor"}
patience=${VELOCITY_PATIENCE:-30}
backups=${VELOCITY_BACKUPS:-$(dirname "$home")}
began=$(date +%s)

[ -x "$new" ] && [ -x "$old" ] || stop_here "$new and $old are to be programs"
"$new" --version >/dev/null || stop_here "$new does not run on this machine"
"$old" --home "$home" doctor >/dev/null || stop_here "it is not well now; see: $old doctor"
say "$("$old" --version) -> $("$new" --version)"

scratch=$(mktemp -d "$backups/velocity-rehearsal.XXXXXX") || stop_here "no room in $backups"
trap 'rm -rf "$scratch"' EXIT
# In a SQLite file of its own, whatever the database in use is.
mkdir "$scratch/home" && : >"$scratch/home/config.yaml"
"$old" --home "$home" backup "$scratch/rehearsal.tar.zst" >/dev/null || stop_here "no backup"
"$new" --home "$scratch/home" restore --keep-config "$scratch/rehearsal.tar.zst" >/dev/null &&
    "$new" --home "$scratch/home" status >/dev/null ||
    stop_here "the newer program cannot take over the data"
rm -rf "$scratch"
say "rehearsed: the newer program takes over all data"

backup=$backups/velocity-before-$(date +%Y%m%dT%H%M%S).tar.zst
put_back() {
    say "$*: everything is put back"
    sh -c "$stop" >/dev/null 2>&1
    mv -f "$old.before" "$old" || exit 3
    # The newer program may have changed the schema, which the old one then refuses.
    if ! "$old" --home "$home" status >/dev/null 2>&1; then
        "$old" --home "$home" restore --force "$backup" || {
            say "restore it by hand: $old restore --keep-config $backup (a PostgreSQL database is to be emptied first)"
            exit 3
        }
    fi
    sh -c "$start" && say "the old program runs again; the backup is $backup"
    exit 1
}

stopped=$(date +%s)
sh -c "$stop" || stop_here "it does not stop"
if ! "$old" --home "$home" backup "$backup" >/dev/null; then
    sh -c "$start"
    stop_here "no backup"
fi
cp -p "$old" "$old.before" && cp "$new" "$old.next" && chmod 755 "$old.next" && mv -f "$old.next" "$old" || {
    rm -f "$old.next"
    sh -c "$start"
    stop_here "$old cannot be exchanged"
}
"$old" --home "$home" status >/dev/null || put_back "the newer program does not open the data"
sh -c "$start" || put_back "it does not start"
tries=0
until sh -c "$well" >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ $tries -lt "$patience" ] || put_back "it is not well after $patience s"
    sleep 1
done
say "done in $(($(date +%s) - began)) s, $(($(date +%s) - stopped)) s of them without service; the backup is $backup, the old program $old.before"
