#!/usr/bin/python3
"""Changes of several kinds in GTK 3, each at the click of a button, while the caret blinks in a field. With `spinner` as
an argument something moves without end beside them."""

import random
import sys
import time

import gi

gi.require_version("Gtk", "3.0")
from gi.repository import GLib, Gtk  # noqa: E402


class Still(Gtk.Window):
    def __init__(self, spinner):
        super().__init__(title="Still")
        Gtk.Settings.get_default().set_property("gtk-cursor-blink-timeout", 100000)  # seconds
        self.name = Gtk.Entry(text="Here the caret blinks", width_chars=40, halign=Gtk.Align.START)
        self.text = Gtk.Label(label="Nothing yet.", xalign=0)
        self.count = Gtk.Label(label="0", xalign=0)
        self.fade = Gtk.Revealer(transition_type=Gtk.RevealerTransitionType.SLIDE_DOWN, transition_duration=300)
        self.fade.add(Gtk.TextView(editable=False, cursor_visible=False, can_focus=False, width_request=300,
                                   height_request=200))
        self.rows = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, width_request=300)
        self.page = Gtk.Stack(width_request=300, valign=Gtk.Align.START)
        for name in ("First", "Second"):
            lines = "\n".join(f"{name} page, line {i}" for i in range(25))
            self.page.add_named(Gtk.Label(label=lines, yalign=0), name)
        self.popup = Gtk.Window(title="Question", accept_focus=False, default_width=420, default_height=120)
        self.popup.add(Gtk.Label(label="Are you sure? It cannot be undone.", visible=True))
        self.popup.connect("delete-event", Gtk.Widget.hide_on_delete)

        head = Gtk.Box(spacing=40)
        head.add(self.name)
        if spinner:
            self.bar = Gtk.ProgressBar(valign=Gtk.Align.CENTER)
            head.add(Gtk.Spinner(active=True))
            head.add(self.bar)
            GLib.timeout_add(50, lambda: self.bar.pulse() or True)
        buttons = Gtk.Box(spacing=8)
        for name, change in (("At once", self.at_once), ("Fade", self.toggle_fade), ("Counter", self.start_count),
                             ("Rows", self.start_rows), ("Next page", self.next_page), ("Popup", self.toggle_popup)):
            button = Gtk.Button(label=name, can_focus=False)  # the field keeps the focus
            button.connect("clicked", lambda _, change=change: change())
            buttons.add(button)
        left = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=12, width_request=320)
        for child in (self.text, self.count, self.fade):
            left.add(child)
        below = Gtk.Box(spacing=24)
        for child in (left, self.rows, self.page):
            below.add(child)
        everything = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=16, margin=24)
        for child in (head, buttons, below):
            everything.add(child)
        self.add(everything)
        self.connect("destroy", Gtk.main_quit)
        self.maximize()
        self.show_all()
        self.name.grab_focus()
        self.name.set_position(-1)  # a caret, and no selection

    def at_once(self):
        self.text.set_text(f"Changed at {time.monotonic():.3f} s.")

    def toggle_fade(self):
        self.fade.set_reveal_child(not self.fade.get_reveal_child())

    def start_count(self):
        end = time.monotonic() + random.uniform(0.1, 0.6)

        def tick(*_):
            self.count.set_text(f"{time.monotonic():.4f}")
            return time.monotonic() < end

        self.count.add_tick_callback(tick)

    def start_rows(self):
        for row in self.rows.get_children():
            row.destroy()
        left = 10

        def add():
            nonlocal left
            self.rows.add(Gtk.Label(label=f"Row {11 - left}: {random.random()}", visible=True, xalign=0))
            left -= 1
            if left > 0:
                GLib.timeout_add(random.randint(15, 60), add)
            return False

        add()

    def next_page(self):
        first = self.page.get_visible_child_name() == "First"
        self.page.set_visible_child_name("Second" if first else "First")

    def toggle_popup(self):
        if self.popup.get_visible():
            self.popup.hide()
        else:
            self.popup.move(500, 480)
            self.popup.show()


Still("spinner" in sys.argv[1:])
Gtk.main()
