#!/usr/bin/env bash
# enter.sh ROOT USER COMMAND…   Runs COMMAND as USER inside the Debian tree ROOT, as the same process that was started
# (everything here execs), so whoever started it can stop it by its id.
# /proc is mounted in a mount namespace of its own where the kernel allows one: nothing stays mounted afterwards.
# The command gets SIGINT when its parent dies (a fast shutdown for PostgreSQL, a stop for Odoo): a killed test run leaves nothing.
set -euo pipefail
root=$1 user=$2
shift 2
clean=(env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 LC_ALL=C.UTF-8 HOME=/var/lib/portolan TMPDIR=/tmp
  ${PORTOLAN_CI_RUN:+PORTOLAN_CI_RUN="$PORTOLAN_CI_RUN"} PYTHONUNBUFFERED=1 DEBIAN_FRONTEND=noninteractive ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"})
if [ "$user" = root ]; then identity=(); else identity=(setpriv --reuid="$user" --regid="$user" --init-groups --pdeathsig INT); fi
if unshare --mount --propagation private true 2>/dev/null; then
  exec unshare --mount --propagation private bash -c 'mount -t proc proc "$0/proc" 2>/dev/null; exec chroot "$0" "$@"' \
    "$root" "${clean[@]}" ${identity[@]+"${identity[@]}"} "$@"
fi
exec chroot "$root" "${clean[@]}" ${identity[@]+"${identity[@]}"} "$@"
