#!/usr/bin/python3
"""Two fields in GTK 3 that ignore what is typed (`ignores`), or a program that `freezes`, `spins` without end or `dies` at
the fourth letter."""

import os
import signal
import sys

import gi

gi.require_version("Gtk", "3.0")
from gi.repository import Gtk  # noqa: E402


def spin():
    while True:
        pass


END = {"freezes": lambda: os.kill(os.getpid(), signal.SIGSTOP), "spins": spin,
       "dies": lambda: os.kill(os.getpid(), signal.SIGKILL)}.get(sys.argv[1])

window = Gtk.Window(title="Form", default_width=700, default_height=400)
rows = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=20, margin=40)
for name in ("Name", "City"):
    row = Gtk.Box(spacing=10)
    field = Gtk.Entry(width_chars=40)
    if END:
        field.connect("changed", lambda field: len(field.get_text()) > 3 and END())
    else:
        field.connect("key-press-event", lambda *_: True)
    row.add(Gtk.Label(label=name))
    row.add(field)
    rows.add(row)
window.add(rows)
window.connect("destroy", Gtk.main_quit)
window.show_all()
Gtk.main()
