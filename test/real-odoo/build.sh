#!/usr/bin/env bash
# build.sh FOLDER   Makes a Debian 11 tree with Debian's own Odoo 14 and PostgreSQL 13 and a template database in it; once.
# Run again it only does what is missing. Nothing listens on the network, nothing keeps running: servers are started
# per test run from the template (odoo-lab.ts). About 3.5 minutes and 0.8 GB the first time.
#
#   FOLDER/root            the tree                     FOLDER/logs      what each stage printed
#   FOLDER/root/template   the PostgreSQL cluster with database "template14", and Odoo's files for it
#   FOLDER/stages          one empty file per finished stage
#
# Environment: PORTOLAN_ODOO14_MIRROR (a Debian mirror that has bullseye; default: debootstrap's own),
#              PORTOLAN_ODOO14_MODULES (modules in the template).
# Exit codes: 0 ready · 75 cannot be built here (not root, no Debian tools, packages gone): the last line says why · 1 broken.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:?folder}
modules=${PORTOLAN_ODOO14_MODULES:-base,crm,contacts,calendar,mass_mailing,base_automation,sales_team,utm}
cannot() { echo "$*" >&2; exit 75; }
[ "$(id -u)" = 0 ] || cannot "needs root: a real Odoo is built in a chroot"
command -v apt-get >/dev/null || cannot "needs a Debian machine (apt-get)"

mkdir -p "$folder"/{logs,stages}
folder=$(cd "$folder" && pwd)
root=$folder/root
exec 9>"$folder/lock"
flock 9 # two runs on one folder build one after the other; the second finds everything done

inside() { "$here/enter.sh" "$root" root "$@"; }
inside_as() { "$here/enter.sh" "$root" "$@"; }
# stage NAME: runs the function stage_NAME once, its output into logs/NAME.log; a failure shows the log's end.
stage() {
  local name=$1 started=$SECONDS
  [ ! -e "$folder/stages/$name" ] || return 0
  echo "odoo14: $name …" >&2
  set +e # not `if ! ( … )`: bash ignores errexit inside a condition
  ( set -e; "stage_$name" ) >"$folder/logs/$name.log" 2>&1 9>&-
  local code=$?
  set -e
  if [ "$code" != 0 ]; then
    tail -n 20 "$folder/logs/$name.log" >&2
    [ "${2:-}" = network ] && cannot "packages not available: stage $name failed, see $folder/logs/$name.log"
    exit 1
  fi
  touch "$folder/stages/$name"
  echo "odoo14: $name took $((SECONDS - started)) s" >&2
}

stage_tools() {
  command -v debootstrap && return 0
  apt-get update -q && apt-get install -y -q --no-install-recommends debootstrap
}

stage_base() {
  [ -e "$root" ] && rm -rf --one-file-system "$root" # a half-made tree of an interrupted build
  debootstrap --variant=minbase bullseye "$root" ${PORTOLAN_ODOO14_MIRROR:+"$PORTOLAN_ODOO14_MIRROR"}
}

# Left out, with what it saves: translations (470 MB), LLVM (83 MB; PostgreSQL's JIT is off), wkhtmltopdf (200 MB of Qt, PDF reports only).
stage_policies() {
  mkdir -p "$root/etc/postgresql-common" "$root/var/lib/portolan" "$root/runs"
  install -m 755 /dev/stdin "$root/usr/sbin/policy-rc.d" <<<$'#!/bin/sh\nexit 101' # no service may start by itself
  echo 'create_main_cluster = false' >"$root/etc/postgresql-common/createcluster.conf"
  cat >"$root/etc/dpkg/dpkg.cfg.d/portolan" <<'CFG'
force-unsafe-io
path-exclude=/usr/share/doc/*
path-exclude=/usr/share/man/*
path-exclude=/usr/share/locale/*
path-exclude=/usr/lib/*/libLLVM-11*
path-exclude=/usr/lib/python3/dist-packages/odoo/addons/*/i18n/*
CFG
  printf '%s\n' 'APT::Install-Recommends "false";' 'Acquire::Languages "none";' 'Acquire::Retries "3";' >"$root/etc/apt/apt.conf.d/90portolan"
  local stand_in=$root/tmp/stand-in
  mkdir -p "$stand_in/DEBIAN"
  printf '%s\n' 'Package: wkhtmltopdf' 'Version: 0.12.6-0.portolan' 'Architecture: all' \
    'Maintainer: Portolan tests <tests@portolan.example>' 'Description: empty stand-in, no PDF reports in tests' >"$stand_in/DEBIAN/control"
  inside dpkg-deb --build /tmp/stand-in /tmp/stand-in.deb
  inside dpkg --install /tmp/stand-in.deb
  rm -r "$stand_in" "$root/tmp/stand-in.deb"
}

stage_packages() {
  inside dpkg --configure -a # after an interrupted installation
  inside apt-get update -q
  inside apt-get install -y -q odoo-14 postgresql-13 python3-ldap
  inside apt-get clean
  inside id odoo && inside id postgres
}

# fsync and the like are off: a test database may be lost with the machine, and a load is three times as fast.
stage_cluster() {
  rm -rf "$root/template"
  mkdir -p "$root/template"/{pg,sock,files}
  inside chown postgres:postgres /template/pg /template/sock
  inside chown odoo:odoo /template/files
  chmod 700 "$root/template/pg"; chmod 755 "$root/template" "$root/template/sock"
  inside_as postgres /usr/lib/postgresql/13/bin/initdb -D /template/pg -U odoo -A trust -E UTF8 --locale=C.UTF-8
  cat >>"$root/template/pg/postgresql.conf" <<'CFG'
listen_addresses = ''
unix_socket_permissions = 0777
dynamic_shared_memory_type = mmap
jit = off
fsync = off
synchronous_commit = off
full_page_writes = off
max_wal_size = 256MB
CFG
}

template_server() {
  inside setpriv --reuid=postgres --regid=postgres --init-groups /usr/lib/postgresql/13/bin/pg_ctl -D /template/pg -w "$@"
}

stage_database() {
  # inside_as would pass the parent-death signal on to a server that has to outlive pg_ctl: hence plain setpriv
  template_server -m fast stop || true # left by a build that was killed
  template_server -o '-k /template/sock' -l /template/pg/server.log start
  trap 'template_server -m fast stop' EXIT
  inside_as odoo /usr/lib/postgresql/13/bin/dropdb -h /template/sock -U odoo --if-exists template14
  inside_as odoo odoo --db_host=/template/sock --db_user=odoo --db_password=odoo --data-dir=/template/files \
    -d template14 -i "$modules" --without-demo=all --stop-after-init --no-http --max-cron-threads=0
  inside_as odoo /usr/lib/postgresql/13/bin/psql -h /template/sock -U odoo -d template14 -tAc \
    "select count(*) from ir_module_module where name = 'crm' and state = 'installed'" | grep -qx 1
}

# another list of modules needs another template
[ "$(cat "$folder/modules" 2>/dev/null || true)" = "$modules" ] || rm -f "$folder/stages/database"
echo "$modules" >"$folder/modules"
stage tools network
stage base network
stage policies
stage packages network
stage cluster
stage database
echo "$folder"
