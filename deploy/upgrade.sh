#!/bin/sh
# Puts a newer velocity in the place of the one that is installed, and everything back when the newer one is not well.
#
#   upgrade.sh NEW [INSTALLED]        INSTALLED: the program in use, without it the `velocity` of the path
#
# VELOCITY_HOME   the data directory, as always
# VELOCITY_STOP   stops what runs of it      [systemctl stop velocity]
# VELOCITY_START  starts it                  [systemctl start velocity]
# VELOCITY_RUNS   ends well while it runs    [as systemctl says]; without it, and with a VELOCITY_STOP, a stop that fails has not stopped it
# VELOCITY_WELL   ends well when it is well  [velocity doctor]; for a server: curl -fsS http://127.0.0.1:8086/api/health
# VELOCITY_PATIENCE seconds until it is to be well  [30]
# VELOCITY_BACKUPS  where the backup goes    [the folder of the data directory]
#
# Before anything is stopped the newer program opens a copy of all data: what it cannot bring to its schema stops the upgrade
# there. Then: stop, backup, exchange, open, start, look. When something of that fails, or the script is ended: stop, the old program,
# the old data, start. What does not stop keeps its data: then it is told what is to be done by hand.
# Ends with 0 when the newer program runs, 1 when all is as it was, 3 when something is to be done by hand.
# Needs room for two copies of the data for the time that it takes.
set -u

say() { printf '%s %s\n' "$(date +%H:%M:%S)" "$*"; }
stop_here() { say "nothing was changed: $*"; exit 1; }

[ $# -ge 1 ] || { sed -n '2,/^set -u/s/^# \{0,1\}//p' "$0"; exit 2; }
new=$1
old=${2:-$(command -v velocity)} || stop_here "there is no velocity in the path; name the program in use"
home=${VELOCITY_HOME:-$HOME/.velocity}
stop=${VELOCITY_STOP:-systemctl stop velocity}
start=${VELOCITY_START:-systemctl start velocity}
# Whatever is not known to be at rest runs: a unit that there is not, one that is just stopping, no systemd at all.
known='systemctl cat velocity >/dev/null 2>&1 || exit 0; case $(systemctl is-active velocity) in inactive | failed) exit 1 ;; esac'
runs=${VELOCITY_RUNS:-${VELOCITY_STOP:+true}}
runs=${runs:-$known}
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
may_run=no
# Something may run of which the service does not know any more: data that it has open are not exchanged.
is_stopped() { sh -c "$stop" || ! sh -c "$runs"; }
by_hand() {
    say "$*"
    say "by hand, once nothing of it runs: mv -f '$old.before' '$old'; when that refuses the data: '$old' --home '$home' restore --force '$backup' \
(a PostgreSQL database is to be emptied first); then: $start"
    exit 3
}
put_back() {
    trap '' INT TERM HUP
    say "$*: putting everything back"
    [ $may_run = no ] || is_stopped >/dev/null 2>&1 || by_hand "it does not stop, so nothing is put back"
    mv -f "$old.before" "$old" || by_hand "$old cannot be exchanged"
    # The newer program may have changed the schema, which the old one then refuses.
    if ! "$old" --home "$home" status >/dev/null 2>&1; then
        "$old" --home "$home" restore --force "$backup" || by_hand "the old data cannot be put back"
    fi
    sh -c "$start" || by_hand "the old program does not start"
    say "everything is as it was, and the old program runs; the backup is $backup"
    exit 1
}
back_to_start() {
    trap '' INT TERM HUP
    sh -c "$start" || { say "$*, and it does not start again: $start"; exit 3; }
    stop_here "$*"
}

stopped=$(date +%s)
trap 'back_to_start "it was interrupted"' INT TERM HUP
is_stopped || stop_here "it does not stop"
"$old" --home "$home" backup "$backup" >/dev/null || back_to_start "no backup"
cp -p "$old" "$old.before" && cp "$new" "$old.next" && chmod 755 "$old.next" || {
    rm -f "$old.next"
    back_to_start "no room beside $old"
}
trap 'put_back "it was interrupted"' INT TERM HUP
mv -f "$old.next" "$old" || put_back "$old cannot be exchanged"
"$old" --home "$home" status >/dev/null || put_back "the newer program does not open the data"
may_run=yes
sh -c "$start" || put_back "it does not start"
tries=0
until sh -c "$well" >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ $tries -lt "$patience" ] || put_back "it is not well after $patience s"
    sleep 1
done
trap - INT TERM HUP
say "done in $(($(date +%s) - began)) s, $(($(date +%s) - stopped)) s of them without service; the backup is $backup, the old program $old.before"
