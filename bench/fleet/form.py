"""A form of GTK 3 that keeps what is sent: form.py FILE. Each Send adds a line of JSON to FILE."""
import json
import os
import sys

import gi

gi.require_version('Gtk', '3.0')
from gi.repository import Gtk  # noqa: E402

COUNTRIES = ['Austria', 'Brazil', 'Canada', 'Denmark', 'France', 'Germany', 'Iceland', 'Japan', 'Norway', 'Portugal']

window = Gtk.Window(title='Members', default_width=520, border_width=18)
grid = Gtk.Grid(row_spacing=10, column_spacing=14)
entries = {}
for line, name in enumerate(['First name', 'Last name', 'Email', 'Street', 'City']):
    entries[name] = Gtk.Entry(hexpand=True)
    grid.attach(Gtk.Label(label=name, xalign=0), 0, line, 1, 1)
    grid.attach(entries[name], 1, line, 1, 1)
country = Gtk.ComboBoxText()
for text in COUNTRIES:
    country.append_text(text)
country.set_active(0)
grid.attach(Gtk.Label(label='Country', xalign=0), 0, 5, 1, 1)
grid.attach(country, 1, 5, 1, 1)
newsletter = Gtk.CheckButton(label='Newsletter')
grid.attach(newsletter, 1, 6, 1, 1)
send = Gtk.Button(label='Send')
grid.attach(send, 1, 7, 1, 1)
said = Gtk.Label(label='')
grid.attach(said, 0, 8, 2, 1)


def sent(_):
    row = {name: entry.get_text() for name, entry in entries.items()}
    row['Country'] = country.get_active_text()
    row['Newsletter'] = 'yes' if newsletter.get_active() else 'no'
    file = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.write(file, (json.dumps(row) + '\n').encode())  # one write: others append, too
    os.close(file)
    said.set_text('Thank you, %s' % row['First name'])


send.connect('clicked', sent)
window.connect('destroy', Gtk.main_quit)
window.add(grid)
window.show_all()
Gtk.main()
