#!/bin/sh
# The first process of a private machine: own mounts, processes, network and host name, its own copy
# of /etc, /run, /home and /var/log. Nothing outside changes. Ends, with everything in it, when its
# standard input does.
#   unshare -m -n -p -u --fork --mount-proc enter.sh FOLDER MODULE
set -eu
folder=$1 module=$2 here=$(dirname "$(readlink -f "$0")")
mount --make-rprivate /
ip link set lo up
hostname labpc01
mkdir -p "$folder/etc" "$folder/home" "$folder/log"
cp -a /etc/. "$folder/etc/"
mount --bind "$folder/etc" /etc
mount --bind "$folder/home" /home
mount --bind "$folder/log" /var/log
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/sshd /run/assent /run/lock /run/dbus /run/lightdm/cache
echo "127.0.0.1 localhost labpc01" > /etc/hosts
rm -f /etc/nologin /etc/ld.so.preload
sh "$here/accounts.sh"
sh "$here/stacks.sh" "$module"
sh "$here/ssh.sh"
echo ready > "$folder/ready"
exec cat > /dev/null
