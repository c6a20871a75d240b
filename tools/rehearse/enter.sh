#!/bin/bash
# Becomes a machine: in namespaces of its own (unshare, tools/rehearse/machine.py) with a root of its own, systemd first.
#   enter.sh ROOT FILES OUTSIDE    FILES: what the rehearsal brings along; OUTSIDE: the network namespace with the internet
set -euo pipefail
root=$1 files=$2 outside=$3
mount --make-rprivate /
mount --bind "$root" "$root"
cd "$root"
mount -t proc proc proc
# What belongs to the whole computer can be read only: its settings, its devices.
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs dev
for device in null zero full random urandom tty; do
  touch "dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
mount -t tmpfs tmpfs dev/shm
mount -t tmpfs -o mode=755 tmpfs run
mkdir run/rehearsal
mount --bind "$files" run/rehearsal
touch run/outside
mount --bind "$outside" run/outside
mount -t tmpfs -o mode=1777 tmpfs tmp
ip link set lo up
hostname rehearsal
mkdir -p .before
pivot_root . .before
umount --lazy /.before
rmdir /.before
exec setpriv --bounding-set=-sys_module,-sys_rawio,-sys_time,-sys_boot,-syslog \
  env -i container=rehearsal PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --log-target=journal --show-status=no
