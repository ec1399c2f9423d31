#!/bin/sh
# The first process of a private machine: own mounts, processes, network and host name, its own
# /etc (a copy), /run, /tmp, /home and /var/log. Nothing outside changes. Ends, with everything in
# it, when its standard input does.
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
mkdir -p /run/sshd /run/assent /run/lock /run/dbus /run/lightdm/cache /run/lab
cp "$module" "$folder/pam_assent.so"
mount --bind "$folder" /run/lab
mount -t tmpfs -o mode=1777 tmpfs /tmp  # an X server's lock and socket live here
mkdir -p "$folder"
mount --bind /run/lab "$folder"
touch /run/utmp
echo "127.0.0.1 localhost labpc01" > /etc/hosts
rm -f /etc/nologin /etc/ld.so.preload
sh "$here/accounts.sh"
sh "$here/stacks.sh" "$folder/pam_assent.so"
sh "$here/ssh.sh"
echo ready > "$folder/ready"
exec cat > /dev/null
