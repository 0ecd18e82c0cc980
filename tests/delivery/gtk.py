"""What tests/trials.h acts on in GTK 3: gtk.py PAGE."""
import sys

import gi

gi.require_version('Gtk', '3.0')
from gi.repository import GLib, Gtk  # noqa: E402

said = Gtk.Label(label='Nothing yet', xalign=0)


def button(text, action=None, sensitive=True):
    widget = Gtk.Button(label=text)
    widget.set_sensitive(sensitive)
    if action:
        widget.connect('clicked', lambda _: action())
    return widget


def row(*widgets):
    box = Gtk.Box(spacing=12)
    for widget in widgets:
        box.pack_start(widget, False, False, 0)
    return box


def check(text, sensitive=True):
    widget = Gtk.CheckButton(label=text)
    widget.set_sensitive(sensitive)
    return widget


def disabled(_window):
    send = button('Send', lambda: said.set_text('Sent off'), False)

    def prepare():
        GLib.timeout_add(1500, lambda: send.set_sensitive(True))
    return [row(button('Open', lambda: said.set_text('Opened')), button('Print'), send, button('Save', None, False),
                button('Prepare', prepare)),
            row(check('Newsletter'), check('Gift wrap'), check('Insurance', False)), said]


def effects(_window):
    bold = Gtk.ToggleButton(label='Bold')
    return [row(button('Idle'), button('Greet', lambda: said.set_text('Good morning')), bold),
            row(Gtk.Label(label='Name'), Gtk.Entry()), row(check('Newsletter')), said]


def covers(main):
    note = Gtk.Window(title='Update available')
    note.set_default_size(720, 300)
    note.set_keep_above(True)
    later = button('Later', note.destroy)
    note.add(later)
    main.connect('map-event', lambda *_: note.show_all())
    main.set_position(Gtk.WindowPosition.CENTER)
    note.set_position(Gtk.WindowPosition.CENTER)
    help_button = button('Help')
    help_button.set_tooltip_text('Opens the manual of this program in another window')
    return [Gtk.Label(label=' '), row(help_button), Gtk.Label(label='Chapter one', xalign=0), row(button(
        'Send', lambda: said.set_text('Sent off'))), said]


window = Gtk.Window(title='Delivery')
window.set_default_size(700, 500)
column = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=16, margin=24)
window.add(column)
for child in {'disabled': disabled, 'effects': effects, 'covers': covers}[sys.argv[1]](window):
    column.pack_start(child, False, False, 0)
window.connect('destroy', Gtk.main_quit)
window.show_all()
Gtk.main()
