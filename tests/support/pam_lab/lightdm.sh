#!/bin/sh
# Real lightdm with the GTK greeter on a screen in memory (display :0). Stays in the foreground.
set -eu
mkdir -p /etc/lightdm/lightdm.conf.d /run/lightdm/cache /var/log/lightdm /etc/assent-lab
cat > /etc/lightdm/lightdm.conf.d/50-lab.conf <<X
[LightDM]
logind-check-graphical=false
log-directory=/var/log/lightdm
run-directory=/run/lightdm
cache-directory=/run/lightdm/cache
user-authority-in-system-dir=true
[Seat:*]
xserver-command=/etc/assent-lab/xserver
greeter-session=lightdm-gtk-greeter
user-session=lab
greeter-hide-users=true
greeter-show-manual-login=true
X
printf '[greeter]\nbackground=#204060\n' > /etc/lightdm/lightdm-gtk-greeter.conf
mkdir -p /etc/gtk-3.0
printf '[Settings]\ngtk-cursor-blink=false\n' > /etc/gtk-3.0/settings.ini  # a screen can rest
cat > /etc/assent-lab/xserver <<'X'
#!/bin/sh
# lightdm's own arguments name a virtual terminal; of them, Xvfb needs the authority file alone.
while [ $# -gt 0 ]; do [ "$1" = -auth ] && auth=$2; shift; done
exec Xvfb :0 -screen 0 1024x768x24 -auth "$auth" -nolisten tcp
X
cat > /etc/assent-lab/session <<'X'
#!/bin/sh
echo "$(id -un) status=$ASSENT_STATUS" > "$HOME/session"
exec sleep 600
X
chmod 755 /etc/assent-lab /etc/assent-lab/*
mkdir -p /etc/assent-lab/xsessions
printf '[Desktop Entry]\nName=Lab\nExec=/etc/assent-lab/session\nType=Application\n' \
  > /etc/assent-lab/xsessions/lab.desktop
mkdir -p /usr/share/xsessions
mount --bind /etc/assent-lab/xsessions /usr/share/xsessions
dbus-daemon --system --fork
exec lightdm -d
